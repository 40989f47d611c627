import { meanInterval } from '@radiolect/evaluation';
import type { Experiment, RunResult } from './experiment.ts';
import { figuresOf, heads, runsOf } from './table.ts';

const width = 760;
const height = 360;
const frame = { left: 64, right: 220, top: 24, bottom: 56 };
const colours = ['#1f5fa8', '#b3541e', '#3c7a3c', '#7a4b9a', '#555', '#a8861f'];

/** The first figure of an experiment as SVG: curves over `x` (powers of two), or a point an arm; bars are intervals. */
export function pictureOf(experiment: Experiment, results: readonly RunResult[]): string {
  const { arms, figures, axis = '', name } = experiment;
  const figure = figures[0]!;
  const points = arms.flatMap((arm, index) => {
    const numbers = figuresOf(figure, runsOf(arm, results));
    if (numbers.length === 0) return [];
    return [
      {
        arm: arm.name,
        x: arm.x === undefined ? index : Math.log2(arm.x),
        label: String(arm.x ?? arm.name),
        ...meanInterval(numbers),
        numbers,
      },
    ];
  });
  const all = points.flatMap(({ numbers, low, high }) => [
    ...numbers,
    ...(Number.isNaN(low) ? [] : [low, Math.min(high, 1)]),
  ]);
  const [least, most] = [Math.min(...all, 1), Math.max(...all, 0)];
  const margin = Math.max((most - least) * 0.08, 0.002);
  const [bottom, top] = [least - margin, most === 1 ? 1 : most + margin];
  const xs = points.map(({ x }) => x);
  const [first, last] = [Math.min(...xs) - 0.3, Math.max(...xs) + 0.3];
  const x = (at: number): number =>
    frame.left + ((width - frame.left - frame.right) * (at - first)) / Math.max(last - first, 1e-9);
  const y = (value: number): number =>
    height - frame.bottom - ((height - frame.top - frame.bottom) * (value - bottom)) / Math.max(top - bottom, 1e-9);
  const names = [...new Set(points.map(({ arm }) => arm))];
  // Curves stand a little beside each other, so that no interval hides another.
  const apart = axis ? 0.04 : 0;
  const lines = names.flatMap((arm, index) => {
    const own = points
      .filter((point) => point.arm === arm)
      .map((point) => ({ ...point, x: point.x + (index - (names.length - 1) / 2) * apart }))
      .sort((a, b) => a.x - b.x);
    const colour = colours[index % colours.length]!;
    return [
      ...(own.length > 1
        ? [
            `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own.map((p) => `${x(p.x).toFixed(1)},${y(p.value).toFixed(1)}`).join(' ')}"/>`,
          ]
        : []),
      ...own.flatMap((p) => [
        ...(Number.isNaN(p.low)
          ? []
          : [
              `<line x1="${x(p.x)}" x2="${x(p.x)}" y1="${y(p.low)}" y2="${y(Math.min(p.high, 1))}" stroke="${colour}" stroke-width="1.5"/>`,
            ]),
        ...p.numbers.map((one) => `<circle cx="${x(p.x) + 4}" cy="${y(one)}" r="1.8" fill="${colour}" opacity="0.5"/>`),
        `<circle cx="${x(p.x)}" cy="${y(p.value)}" r="4" fill="${colour}"/>`,
      ]),
      `<text x="${width - frame.right + 14}" y="${frame.top + 16 + index * 18}" fill="${colour}" font-weight="600">${escaped(arm)}</text>`,
    ];
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = bottom + share * (top - bottom);
    return `<line x1="${frame.left}" x2="${width - frame.right}" y1="${y(value)}" y2="${y(value)}" stroke="#e2e2e2"/><text x="${frame.left - 8}" y="${y(value) + 4}" text-anchor="end">${value.toFixed(3)}</text>`;
  });
  const labels = axis
    ? [...new Map(points.map((p) => [p.x, p.label]))].map(
        ([at, label]) => `<text x="${x(at)}" y="${height - frame.bottom + 18}" text-anchor="middle">${label}</text>`,
      )
    : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(name)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="14" font-weight="600">${escaped(heads[figure])}</text>`,
    ...ticks,
    ...labels,
    ...lines,
    `<text x="${(frame.left + width - frame.right) / 2}" y="${height - 14}" text-anchor="middle">${escaped(axis)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
