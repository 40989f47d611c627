import type { FreeResponsePoint } from './free-response.ts';

const width = 640;
const height = 420;
const frame = { left: 56, right: 20, top: 24, bottom: 48 };
const colours = ['#1f5fa8', '#b3541e', '#4a7f3c', '#7a4a8c', '#7a7a7a'];

export interface NamedCurve {
  readonly name: string;
  readonly points: readonly FreeResponsePoint[];
}

/** Free-response curves as one SVG: sensitivity, 0 to 1, against false positives per scan up to `upTo`. */
export function freeResponseSvg(title: string, curves: readonly NamedCurve[], upTo = 3): string {
  const x = (rate: number): number => frame.left + ((width - frame.left - frame.right) * Math.min(rate, upTo)) / upTo;
  const y = (share: number): number => height - frame.bottom - (height - frame.top - frame.bottom) * share;
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    `<line x1="${frame.left}" x2="${width - frame.right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>`,
    `<text x="${frame.left - 8}" y="${y(share) + 4}" text-anchor="end">${share.toFixed(1)}</text>`,
  ]);
  const ticks = Array.from({ length: Math.floor(upTo / 0.5) + 1 }, (_, index) => index * 0.5).map(
    (rate) => `<text x="${x(rate)}" y="${height - frame.bottom + 18}" text-anchor="middle">${rate}</text>`,
  );
  const lines = curves.map(({ points }, index) => {
    const shown = points.filter(({ falsePositivesPerScan }) => falsePositivesPerScan <= upTo);
    // A step curve: between two thresholds there is none.
    const path = shown.flatMap((point, place) => {
      const at = x(point.falsePositivesPerScan).toFixed(1);
      const before = shown[place - 1];
      const to = `${at},${y(point.sensitivity).toFixed(1)}`;
      return before ? [`${at},${y(before.sensitivity).toFixed(1)}`, to] : [to];
    });
    const last = shown.at(-1);
    if (last && points.length > shown.length) path.push(`${x(upTo)},${y(last.sensitivity).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colourOf(index)}" stroke-width="2" points="${path.join(' ')}"/>`;
  });
  const key = curves.map(
    ({ name }, index) =>
      `<text x="${width - frame.right - 8}" y="${height - frame.bottom - 12 - 16 * (curves.length - 1 - index)}" text-anchor="end" fill="${colourOf(index)}" font-weight="600">${escaped(name)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    ...grid,
    ...ticks,
    ...lines,
    ...key,
    `<text x="${frame.left}" y="15" font-weight="600">${escaped(title)}</text>`,
    `<text x="${width / 2}" y="${height - 10}" text-anchor="middle">false positives per scan</text>`,
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">sensitivity</text>`,
    '</svg>',
    '',
  ].join('\n');
}

const colourOf = (index: number): string => colours[index % colours.length]!;
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
