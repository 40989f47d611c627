#!/usr/bin/env node
// Scores the rule reader on the reports written for this project, with bootstrap intervals over reports.
//   node --import tsx scripts/score-own-reports.mjs            the open halves, and apart from them the third writer's set
//   node --import tsx scripts/score-own-reports.mjs --locked   the locked halves: run once, for the figure that is reported
// Prints counts and figures only, never a text, so that the locked half stays unread.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPack } from '../packages/findings/src/node/index.ts';
import { createRuleReader, labelLine } from '../packages/reports/src/index.ts';
import { expandReport } from './expand-report.mjs';

const half = process.argv.includes('--locked') ? 'locked' : 'open';
const folder = fileURLToPath(new URL('../fixtures/bone-reports-own/', import.meta.url));
const resamples = 2000;
const states = ['present', 'absent', 'uncertain'];
const reader = createRuleReader(await readPack('bone-scan'));

/** mulberry32: the same resamples in every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Of one report: true and false positives and misses per state, and right and stated attributes. */
function countsOf(report) {
  const expected = expandReport(report);
  const { labels } = labelLine(report.id, reader.read(report.text));
  const counts = Object.fromEntries(states.map((state) => [state, [0, 0, 0]]));
  const attributes = { nature: [0, 0], likelihood: [0, 0], change: [0, 0] };
  for (const site of new Set([...expected.keys(), ...Object.keys(labels)])) {
    const want = expected.get(site);
    const have = labels[site];
    for (const state of states) {
      if (want?.state === state && have?.state === state) counts[state][0]++;
      else if (have?.state === state) counts[state][1]++;
      else if (want?.state === state) counts[state][2]++;
    }
    if (want?.state === 'present' && have?.state === 'present')
      for (const name of Object.keys(attributes))
        if (want[name]) {
          attributes[name][1]++;
          if (want[name] === have[name]) attributes[name][0]++;
        }
  }
  const superscan = [...expected.values()].filter((label) => label.state === 'present').length > 40;
  return { counts, attributes, superscan };
}

const f1 = (reports, state) => {
  let [tp, fp, fn] = [0, 0, 0];
  for (const { counts } of reports) {
    tp += counts[state][0];
    fp += counts[state][1];
    fn += counts[state][2];
  }
  return tp + fp + fn === 0 ? Number.NaN : (2 * tp) / (2 * tp + fp + fn);
};
const share = (reports, name) => {
  let [right, stated] = [0, 0];
  for (const { attributes } of reports) {
    right += attributes[name][0];
    stated += attributes[name][1];
  }
  return stated === 0 ? Number.NaN : right / stated;
};

/** The figure with its 95 % interval, resampling whole reports. */
function interval(reports, figure) {
  const random = generator(1);
  const drawn = [];
  for (let n = 0; n < resamples; n++)
    drawn.push(figure(reports.map(() => reports[Math.floor(random() * reports.length)])));
  drawn.sort((a, b) => a - b);
  const at = (q) => drawn[Math.floor(q * (resamples - 1))];
  const show = (x) => (Number.isNaN(x) ? 'n/a' : x.toFixed(3));
  return `${show(figure(reports))} (${show(at(0.025))} to ${show(at(0.975))})`;
}

const scored = (file) =>
  readFileSync(`${folder}${file}.jsonl`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map((report) => ({ ...countsOf(report), language: report.language }));
const all = ['en', 'zh'].flatMap((language) => scored(`${language}-${half}`));
// Written later and by another hand than the halves: counted by itself.
const third = half === 'open' ? scored('third-open') : [];
const groups = new Map([
  ['all', all.filter((r) => !r.superscan)],
  ...['en', 'zh-Hans', 'zh-Hant', 'mixed'].map((name) => [
    name,
    all.filter((r) => r.language === name && !r.superscan),
  ]),
  ['superscans', all.filter((r) => r.superscan)],
  ['third hand', third.filter((r) => !r.superscan)],
  ...['en', 'zh-Hans', 'zh-Hant', 'mixed'].map((name) => [
    `third hand, ${name}`,
    third.filter((r) => r.language === name && !r.superscan),
  ]),
  ['third hand, superscans', third.filter((r) => r.superscan)],
]);
console.log(`${half} halves, ${all.length + third.length} reports; F1 over sites, 95 % interval over reports`);
for (const [name, reports] of groups) {
  if (reports.length === 0) continue;
  console.log(`${name} (${reports.length})`);
  for (const state of states) console.log(`  ${state.padEnd(10)} F1 ${interval(reports, (some) => f1(some, state))}`);
  for (const attribute of ['nature', 'likelihood', 'change'])
    console.log(`  ${attribute.padEnd(10)}    ${interval(reports, (some) => share(some, attribute))}`);
}
