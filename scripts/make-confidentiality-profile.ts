// Writes packages/dicom/src/deidentify/confidentiality-profile.generated.ts from the JSON form of DICOM PS3.15 table E.1-1.
//
//   npx tsx scripts/make-confidentiality-profile.ts      (material at RADIOLECT_MATERIAL, default ../shared)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Row {
  readonly id: string;
  readonly basicProfile: string;
  readonly rtnLongModifDatesOpt?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const data = join(process.env.RADIOLECT_MATERIAL ?? join(root, '../shared'), 'data/dicom-standard-json/standard');
const rows = JSON.parse(readFileSync(join(data, 'confidentiality_profile_attributes.json'), 'utf8')) as Row[];

// Where the table leaves a choice by the attribute's type, the gentler of the permitted actions keeps objects valid.
const actions: Record<string, string> = {
  X: 'remove',
  Z: 'empty',
  D: 'dummy',
  U: 'uid',
  'X/Z': 'empty',
  'X/D': 'dummy',
  'X/Z/D': 'empty',
  'Z/D': 'dummy',
  'X/Z/U*': 'inside',
};
const groups = new Map<string, string[]>();
for (const { id, basicProfile, rtnLongModifDatesOpt } of rows) {
  if (!/^[0-9a-f]{8}$/.test(id)) continue;
  const action = rtnLongModifDatesOpt === 'C' ? 'shift' : actions[basicProfile];
  if (!action) throw new Error(`no rule for action ${basicProfile} of ${id}`);
  groups.set(action, [...(groups.get(action) ?? []), id.toUpperCase()]);
}
const lists = [...groups]
  .sort()
  .map(([action, ids]) => `  ${action}: '${ids.sort().join(' ')}',`)
  .join('\n');
writeFileSync(
  join(root, 'packages/dicom/src/deidentify/confidentiality-profile.generated.ts'),
  `// source: DICOM PS3.15 table E.1-1, JSON form by innolitics/dicom-standard (MIT)
// edition: as in the dicom-standard snapshot with ${rows.length} rows
// script: scripts/make-confidentiality-profile.ts

/** Tags by what the Basic Profile, with modified dates, does to them. Curves, overlays and private groups are rules in code. */
export const confidentialityProfile = {
${lists}
} as const;
`,
);
process.stdout.write(
  `${rows.length} rows, ${[...groups].map(([action, ids]) => `${action} ${ids.length}`).join(', ')}\n`,
);
