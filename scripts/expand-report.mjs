// The 91 expected states of a hand-labelled report: what its labels, its global negative and its exemptions come to.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The sites of the bone-scan pack, in the order of the label vector. */
export const { sites } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../packs/bone-scan/sites.json', import.meta.url)), 'utf8'),
);
const spine = new Set(['cervical-spine', 'thoracic-spine', 'lumbar-spine']);
/** Whether a site lies in a region of the guideline, named with or without a side ("ribs", "ribs-right", "spine"). */
const inRegion = (site, region) => {
  const [, name, side] = /^(.*?)(?:-(right|left))?$/.exec(region);
  if (side && site.side !== side) return false;
  return name === 'spine'
    ? spine.has(site.regions.bodyRegion9)
    : site.regions.skeleton12 === name || site.regions.bodyRegion9 === name;
};

/** The 91 expected states of one gold report: a site id to its label, `undefined` where it is not mentioned. */
export function expandReport(report) {
  const expected = new Map(Object.entries(report.labels));
  if (!report.globalNegative) return expected;
  const untouched = new Set(report.noEntry ?? []);
  for (const statement of report.noEntry ? [] : (report.regional ?? []))
    for (const site of sites)
      if (inRegion(site, statement.region) && (!statement.side || site.side === statement.side)) untouched.add(site.id);
  for (const warning of report.warnings ?? []) {
    const part = /^side-missing: *(\S+)/.exec(warning)?.[1];
    if (part) for (const side of ['right', 'left']) untouched.add(`${part}-${side}`);
  }
  for (const site of sites)
    if (!expected.has(site.id) && !untouched.has(site.id)) expected.set(site.id, { state: 'absent' });
  return expected;
}
