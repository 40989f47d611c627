/**
 * Step 2 of the shipped model: the reports that step 1 wrote are read by the rule reader and become the examples.
 *
 *   node --import tsx scripts/label-training-phantoms.ts --dataset runs/bone-scan/dataset
 *
 * Writes `examples.jsonl`, `statements.jsonl` (what each sentence of a report says) and `manifest.json`.
 * `--labels truth --out DIR` writes the same studies with true labels, for the comparison of what learning from reports
 * costs; the shipped model never sees those.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Nature } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Example } from '@radiolect/learning';
import { splitOf } from '@radiolect/learning';
import { labelsOfReading, statementsOfReport } from '@radiolect/reading-room';
import { createRuleReader } from '@radiolect/reports';

const { values } = parseArgs({
  options: {
    dataset: { type: 'string', default: 'runs/bone-scan/dataset' },
    labels: { type: 'string', default: 'reports' },
    out: { type: 'string' },
  },
});
const out = values.out ?? values.dataset;
const shares = { validation: 0.12, test: 0 };
const pack = await readPack('bone-scan');
const { labelSpace } = pack;
const reader = createRuleReader(pack);

interface StoredReport {
  readonly patientId: string;
  readonly text: string;
}
interface StoredTruth {
  readonly sites: readonly { readonly site: string; readonly nature: Nature }[];
  readonly metastasis: boolean;
}
const parsed = <T>(kind: string, key: string): T =>
  JSON.parse(readFileSync(join(values.dataset, kind, `${key}.json`), 'utf8')) as T;

type Labels = Pick<Example, 'labels' | 'natures' | 'metastasis'>;
function trueLabels({ sites, metastasis }: StoredTruth): Labels {
  const abnormal = new Set(sites.map(({ site }) => site));
  return {
    labels: {
      labelSpace: { name: labelSpace.name, version: labelSpace.version },
      states: labelSpace.positions.map((id) => (abnormal.has(id) ? 'present' : 'absent')),
    },
    natures: Object.fromEntries(
      sites.flatMap(({ site, nature }) => (nature === 'unspecified' ? [] : [[site, nature]])),
    ),
    metastasis: metastasis ? 'present' : 'absent',
  };
}

const keys = readdirSync(join(values.dataset, 'reports'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5))
  .sort();
const examples = keys.map((key): Example => {
  const { patientId, text } = parsed<StoredReport>('reports', key);
  const patientKey = createHash('sha256').update(patientId).digest('hex').slice(0, 20);
  const labels =
    values.labels === 'truth'
      ? trueLabels(parsed<StoredTruth>('truth', key))
      : labelsOfReading(reader.read(text), labelSpace);
  return { studyKey: key, patientKey, ...labels, views: {}, split: splitOf(patientKey, shares) };
});
const lines = examples.map((example) => `${JSON.stringify(example)}\n`).join('');
const states = examples.flatMap((example) => example.labels.states);
const share = (state: string): number => states.filter((one) => one === state).length / states.length;
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'examples.jsonl'), lines);
const statements = keys.map((key) => {
  const { text } = parsed<StoredReport>('reports', key);
  return { studyKey: key, statements: statementsOfReport(text, reader.read(text), labelSpace) };
});
writeFileSync(join(out, 'statements.jsonl'), statements.map((line) => `${JSON.stringify(line)}\n`).join(''));
const manifest = {
  kind: 'dataset',
  madeBy: 'scripts/label-training-phantoms.ts',
  labelsFrom: values.labels,
  labelSpace: { name: labelSpace.name, version: labelSpace.version },
  studies: examples.length,
  split: Object.fromEntries(
    (['train', 'validation', 'test'] as const).map((split) => [
      split,
      examples.filter((e) => e.split === split).length,
    ]),
  ),
  shares: Object.fromEntries(
    ['present', 'absent', 'uncertain', 'unmentioned'].map((state) => [state, Number(share(state).toFixed(4))]),
  ),
  sha256: createHash('sha256').update(lines).digest('hex'),
};
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(manifest)}\n`);
