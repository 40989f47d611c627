#!/usr/bin/env node
// Scores predicted bone-scan labels against gold reports, under spec/labelling-guideline.md.
//   node score-labels.mjs GOLD.jsonl PREDICTED.jsonl [--by language] [--errors N]
// GOLD: a line per report as in data/bone-reports-dev.jsonl. PREDICTED: a line per report,
//   {"id": "...", "labels": {"l4": {"state": "present", "nature": "...", "likelihood": "...", "change": "...", "evidence": "..."}, ...}}
//   with every labelled site written out, absent ones included (global and regional negatives already expanded).
// Superscans (more than 40 present sites) are scored apart, since one of them outweighs ten reports.
import { readFileSync } from 'node:fs';
import { expandReport, sites } from './expand-report.mjs';

const [goldFile, predictedFile, ...rest] = process.argv.slice(2);
if (!goldFile || !predictedFile) {
  console.error('usage: score-labels.mjs GOLD.jsonl PREDICTED.jsonl [--by language] [--errors N]');
  process.exit(2);
}
const option = (name) => {
  const i = rest.indexOf(name);
  return i < 0 ? undefined : rest[i + 1];
};
const lines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((l) => JSON.parse(l));
const states = ['present', 'absent', 'uncertain'];
const tally = () => Object.fromEntries(states.map((s) => [s, { tp: 0, fp: 0, fn: 0 }]));
const f1 = ({ tp, fp, fn }) => (tp + fp + fn === 0 ? NaN : (2 * tp) / (2 * tp + fp + fn));
const show = (x) => (Number.isNaN(x) ? '  n/a' : x.toFixed(3));

const predicted = new Map(lines(predictedFile).map((p) => [p.id, p]));
const groups = new Map();
const perSite = new Map(sites.map((s) => [s.id, { tp: 0, fp: 0, fn: 0 }]));
const attributes = { nature: [0, 0], likelihood: [0, 0], change: [0, 0], evidence: [0, 0] };
const errors = [];
let exact = 0,
  reports = 0,
  missing = 0;
for (const report of lines(goldFile)) {
  const expected = expandReport(report);
  const given = predicted.get(report.id);
  if (!given) missing++;
  const got = new Map(Object.entries(given?.labels ?? {}));
  const superscan = [...expected.values()].filter((l) => l.state === 'present').length > 40;
  const keys = superscan ? ['superscans'] : ['all', ...(option('--by') ? [String(report[option('--by')])] : [])];
  let wrong = 0;
  for (const site of sites) {
    const want = expected.get(site.id)?.state,
      have = got.get(site.id)?.state;
    if (want !== have) {
      wrong++;
      errors.push(`${report.id} ${site.id}: want ${want ?? '-'}, got ${have ?? '-'}`);
    }
    for (const key of keys) {
      if (!groups.has(key)) groups.set(key, tally());
      for (const s of states) {
        const cell = groups.get(key)[s];
        if (want === s && have === s) cell.tp++;
        else if (have === s) cell.fp++;
        else if (want === s) cell.fn++;
      }
    }
    if (superscan) continue;
    const cell = perSite.get(site.id);
    if (want === 'present' && have === 'present') {
      cell.tp++;
      const a = expected.get(site.id),
        b = got.get(site.id);
      for (const name of ['nature', 'likelihood', 'change'])
        if (a[name]) {
          attributes[name][1]++;
          if (a[name] === b[name]) attributes[name][0]++;
        }
      attributes.evidence[1]++;
      const span = typeof b.evidence === 'string' ? b.evidence : (b.evidence?.text ?? '');
      const at = report.text.indexOf(a.evidence),
        bt = typeof b.evidence?.start === 'number' ? b.evidence.start : report.text.indexOf(span);
      if (span && bt >= 0 && bt < at + a.evidence.length && at < bt + span.length) attributes.evidence[0]++;
    } else if (have === 'present') cell.fp++;
    else if (want === 'present') cell.fn++;
  }
  if (!superscan) {
    reports++;
    if (wrong === 0) exact++;
  }
}
for (const [key, t] of [...groups].sort())
  console.log(
    key.padEnd(12),
    states
      .map(
        (s) =>
          `${s} F1 ${show(f1(t[s]))} (P ${show(t[s].tp / (t[s].tp + t[s].fp))} R ${show(t[s].tp / (t[s].tp + t[s].fn))})`,
      )
      .join('  '),
  );
const common = [...perSite.values()].filter((c) => c.tp + c.fn >= 3);
console.log(
  `macro present F1 over ${common.length} sites with 3 or more gold positives: ${show(common.reduce((a, c) => a + f1(c), 0) / common.length)}`,
);
console.log(
  `reports with all 91 right: ${exact} of ${reports}${missing ? `; ${missing} reports have no prediction` : ''}`,
);
console.log(
  Object.entries(attributes)
    .map(([n, [a, b]]) => `${n} ${show(a / b)} of ${b}`)
    .join('  '),
);
for (const e of errors.slice(0, Number(option('--errors') ?? 0))) console.log(e);
