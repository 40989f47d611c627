import type { EpochMetrics } from './checkpoint.ts';

const width = 720;
const height = 300;
const frame = { left: 52, right: 52, top: 28, bottom: 36 };

/** The training curves as SVG: losses on the left axis, validation AUROC on the right. */
export function curvesSvg(name: string, history: readonly EpochMetrics[]): string {
  const last = Math.max(history.at(-1)?.epoch ?? 1, 1);
  const highest =
    Math.max(...history.flatMap((one) => [one.trainingLoss, one.measures.validationLoss ?? 0]), 0.01) * 1.05;
  const x = (epoch: number): number =>
    frame.left + ((width - frame.left - frame.right) * (epoch - 1)) / Math.max(last - 1, 1);
  const y = (share: number): number => height - frame.bottom - (height - frame.top - frame.bottom) * share;
  const line = (points: readonly (readonly [number, number])[], colour: string): string =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points
      .map(([epoch, share]) => `${x(epoch).toFixed(1)},${y(share).toFixed(1)}`)
      .join(' ')}"/>`;
  const lowest = 0.5;
  const auroc = history.flatMap((one) =>
    typeof one.measures.validationAuroc === 'number'
      ? [[one.epoch, (one.measures.validationAuroc - lowest) / (1 - lowest)] as const]
      : [],
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${frame.left}" x2="${width - frame.right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>`,
    `<text x="${frame.left - 6}" y="${y(share) + 4}" text-anchor="end">${(highest * share).toFixed(2)}</text>`,
    `<text x="${width - frame.right + 6}" y="${y(share) + 4}">${(lowest + (1 - lowest) * share).toFixed(3)}</text>`,
  ]);
  const key = [
    ['training loss', '#7a7a7a'],
    ['validation loss', '#b3541e'],
    ['validation AUROC (right)', '#1f5fa8'],
  ].map(
    ([text, colour], index) =>
      `<text x="${frame.left + 10 + index * 160}" y="18" fill="${colour}" font-weight="600">${text}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>${escaped(name)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    ...ticks,
    ...key,
    line(
      history.map((one) => [one.epoch, one.trainingLoss / highest] as const),
      '#7a7a7a',
    ),
    line(
      history.map((one) => [one.epoch, (one.measures.validationLoss ?? 0) / highest] as const),
      '#b3541e',
    ),
    line(auroc, '#1f5fa8'),
    `<text x="${width / 2}" y="${height - 10}" text-anchor="middle">epoch (1 to ${last})</text>`,
    '</svg>',
    '',
  ].join('\n');
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
