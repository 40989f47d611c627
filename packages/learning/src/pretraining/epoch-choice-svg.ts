import type { EpochRecord } from './epoch-choice.ts';
import { choiceInWords, chooseEpoch, tableColumns } from './epoch-choice.ts';

const width = 860;
const chart = { left: 64, right: 64, top: 116, height: 220 };
const line = 18;
const probeColour = '#1f5fa8';
const distanceColour = '#b3541e';

/**
 * `pretraining.svg`: probe and mean distance by epoch, a line at the epoch that each would keep, and the table of all
 * measures under it. Epoch 0 is the untrained network. `stopped` says why the run ended before its time.
 */
export function epochChoiceSvg(name: string, records: readonly EpochRecord[], stopped?: string): string {
  const choice = chooseEpoch(records);
  const last = Math.max(...records.map(({ epoch }) => epoch), 1);
  const inner = width - chart.left - chart.right;
  const bottom = chart.top + chart.height;
  const x = (epoch: number): number => chart.left + (inner * epoch) / last;
  const probes = records.flatMap(({ epoch, probe }) => (probe === null ? [] : [[epoch, probe] as const]));
  const distances = records.map(({ epoch, features }) => [epoch, features.distance] as const);
  const left = axis(probes.map(([, value]) => value));
  const right = axis(distances.map(([, value]) => value));
  const y = (value: number, { low, high }: Axis): number => bottom - (chart.height * (value - low)) / (high - low);
  const curve = (points: readonly (readonly [number, number])[], own: Axis, colour: string, dash: string): string =>
    [
      `<polyline fill="none" stroke="${colour}" stroke-width="2"${dash} points="${points
        .map(([epoch, value]) => `${at(x(epoch))},${at(y(value, own))}`)
        .join(' ')}"/>`,
      ...points.map(
        ([epoch, value]) =>
          `<circle cx="${at(x(epoch))}" cy="${at(y(value, own))}" r="3" fill="${colour}"><title>epoch ${epoch}: ${value.toPrecision(4)}</title></circle>`,
      ),
    ].join('');
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = bottom - chart.height * share;
    const value = ({ low, high }: Axis): string => (low + share * (high - low)).toFixed(3);
    return (
      `<line x1="${chart.left}" x2="${width - chart.right}" y1="${at}" y2="${at}" stroke="#e2e2e2"/>` +
      `<text x="${chart.left - 8}" y="${at + 4}" text-anchor="end" fill="${probeColour}">${value(left)}</text>` +
      `<text x="${width - chart.right + 8}" y="${at + 4}" fill="${distanceColour}">${value(right)}</text>`
    );
  });
  const mark = (epoch: number, colour: string, text: string, lower: number): string =>
    `<line x1="${at(x(epoch))}" x2="${at(x(epoch))}" y1="${chart.top - 6}" y2="${bottom}" stroke="${colour}" stroke-dasharray="4 4"/>` +
    `<text x="${at(x(epoch))}" y="${chart.top - 10 - lower}" text-anchor="${x(epoch) > width / 2 ? 'end' : 'start'}" fill="${colour}">${text}</text>`;
  const step = Math.max(1, Math.ceil(last / 20));
  const epochs = records
    .filter(({ epoch }) => epoch % step === 0)
    .map(({ epoch }) => `<text x="${at(x(epoch))}" y="${bottom + 16}" text-anchor="middle">${epoch}</text>`);
  const table = tableRows(records, bottom + 52, choice?.byProbe.epoch, choice?.byDistance.epoch);
  const height = bottom + 60 + line * (records.length + 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(name)}: which epoch is kept</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="22" font-size="14" font-weight="600">${escaped(name)}</text>`,
    ...(choice ? choiceInWords(choice).split(/(?<=\.) (?=Mean)/) : ['No epoch has ended.']).map(
      (words, index) => `<text x="16" y="${40 + 16 * index}">${escaped(words)}</text>`,
    ),
    ...(stopped === undefined ? [] : [`<text x="16" y="72" fill="#a01818">${escaped(shortened(stopped))}</text>`]),
    ...ticks,
    ...(choice
      ? [
          mark(choice.byProbe.epoch, probeColour, `by probe: epoch ${choice.byProbe.epoch}`, 0),
          mark(choice.byDistance.epoch, distanceColour, `by distance: epoch ${choice.byDistance.epoch}`, 13),
        ]
      : []),
    curve(distances, right, distanceColour, ' stroke-dasharray="6 3"'),
    curve(probes, left, probeColour, ''),
    ...epochs,
    `<text x="${width / 2}" y="${bottom + 32}" text-anchor="middle">epoch (0: untrained)</text>`,
    `<text x="${chart.left}" y="${bottom + 32}" fill="${probeColour}">probe AUROC (left)</text>`,
    `<text x="${width - chart.right}" y="${bottom + 32}" text-anchor="end" fill="${distanceColour}">mean distance (right)</text>`,
    ...table,
    '</svg>',
    '',
  ].join('\n');
}

interface Axis {
  readonly low: number;
  readonly high: number;
}

function axis(values: readonly number[]): Axis {
  if (values.length === 0) return { low: 0, high: 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * 0.08, 1e-3);
  return { low: low - room, high: high + room };
}

function tableRows(
  records: readonly EpochRecord[],
  top: number,
  byProbe: number | undefined,
  byDistance: number | undefined,
): string[] {
  const column = (index: number): number => 110 + index * 120;
  const cells = (texts: readonly string[], y: number, more: string): string =>
    texts
      .map(
        (text, index) =>
          `<text x="${index === 0 ? 88 : column(index)}" y="${y}" text-anchor="end"${more}>${text}</text>`,
      )
      .join('');
  const head = cells(['epoch', ...tableColumns.map(({ name }) => name)], top, ' font-weight="600"');
  return [
    head,
    ...records.map((record, row) => {
      const y = top + line * (row + 1);
      const values = tableColumns.map(({ of }) => of(record)?.toFixed(3) ?? '–');
      const [kept, otherwise] = [record.epoch === byProbe, record.epoch === byDistance];
      const tint = kept ? '#dbe8f6' : otherwise ? '#f6e3d8' : '';
      const back =
        tint === '' ? '' : `<rect x="16" y="${y - 13}" width="${width - 32}" height="${line}" fill="${tint}"/>`;
      return back + cells([record.epoch === 0 ? 'untrained' : String(record.epoch), ...values], y, '');
    }),
  ];
}

const at = (value: number): string => value.toFixed(1);
const escaped = (text: string): string => text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** As much of a reason as a line holds; `pretraining.json` has all of it. */
const shortened = (reason: string): string => (reason.length > 130 ? `${reason.slice(0, 128)} …` : reason);
