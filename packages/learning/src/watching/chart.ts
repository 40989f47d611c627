import { escaped, spoken } from './markup.ts';
import type { PageWords } from './page-words.ts';

export interface Series {
  readonly name: PageWords;
  readonly colour: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartSettings {
  readonly title: PageWords;
  readonly xName: PageWords;
  readonly series: readonly Series[];
  /** Where a dashed line stands: the best epoch. */
  readonly mark?: number;
}

const width = 420;
const height = 220;
const frame = { left: 56, right: 14, top: 12, bottom: 34 };
/** More points than this are drawn as one line without a spot for each. */
const spotted = 80;

/** Steps of 1, 2 or 5 times a power of ten, about `count` of them, over a range. */
export function niceTicks(low: number, high: number, count = 4): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** A number with the digits that a reader of a curve needs. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(1).replace('e+', 'e');
  if (size >= 100) return value.toFixed(0);
  return Number(value.toPrecision(4)).toString();
}

/** One chart as SVG, each series a line of its own colour, with its numbers under the pointer. */
export function lineChart({ title, xName, series, mark }: ChartSettings): string {
  const points = series.flatMap((one) => one.points);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  let [low, high] = [Math.min(...ys), Math.max(...ys)];
  if (low === high) [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1];
  else [low, high] = [low - (high - low) * 0.04, high + (high - low) * 0.04];
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const x = (value: number): number =>
    frame.left + ((width - frame.left - frame.right) * (value - first)) / Math.max(last - first, 1e-12);
  const y = (value: number): number =>
    height - frame.bottom - ((height - frame.top - frame.bottom) * (value - low)) / (high - low);
  const at = (value: number): string => value.toFixed(1);
  const grid = niceTicks(low, high).map(
    (tick) =>
      `<line class="grid" x1="${frame.left}" x2="${width - frame.right}" y1="${at(y(tick))}" y2="${at(y(tick))}"/>` +
      `<text class="tick" x="${frame.left - 6}" y="${at(y(tick) + 4)}" text-anchor="end">${shortNumber(tick)}</text>`,
  );
  const across = niceTicks(first, last, 5)
    .filter((tick) => Number.isInteger(tick))
    .map((tick) => `<text class="tick" x="${at(x(tick))}" y="${height - 17}" text-anchor="middle">${tick}</text>`);
  const lines = series.map(({ name, colour, points: own }) => {
    const path = own.map(([a, b]) => `${at(x(a))},${at(y(b))}`).join(' ');
    const spots =
      own.length > spotted
        ? ''
        : own
            .map(
              ([a, b]) =>
                `<circle cx="${at(x(a))}" cy="${at(y(b))}" r="${own.length > 40 ? 1.5 : 2.5}" fill="${colour}">` +
                `<title>${escaped(`${name.en}, ${xName.en.toLowerCase()} ${a}: ${shortNumber(b)}`)}</title></circle>`,
            )
            .join('');
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.8" points="${path}"/>${spots}`;
  });
  const marked =
    mark === undefined
      ? ''
      : `<line class="mark" x1="${at(x(mark))}" x2="${at(x(mark))}" y1="${frame.top}" y2="${height - frame.bottom}"/>`;
  const latest = series.map(({ name, colour, points: own }) => {
    const [, end] = own.at(-1)!;
    const value = `<b>${shortNumber(end)}</b>`;
    return series.length === 1 ? value : `<span><i style="background:${colour}"></i>${spoken(name)} ${value}</span>`;
  });
  return [
    '<figure class="chart">',
    `<figcaption>${spoken(title)}<span class="key">${latest.join('')}</span></figcaption>`,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(summary(title, xName, series))}">`,
    ...grid,
    ...across,
    `<text class="tick" x="${(width + frame.left) / 2}" y="${height - 3}" text-anchor="middle">${spoken(xName, 'tspan')}</text>`,
    marked,
    ...lines,
    '</svg></figure>',
  ].join('');
}

/** The curve in words, for who does not see it. */
function summary(title: PageWords, xName: PageWords, series: readonly Series[]): string {
  const parts = series.map(({ name, points }) => {
    const [from, to] = [points[0]!, points.at(-1)!];
    return `${name.en} from ${shortNumber(from[1])} to ${shortNumber(to[1])}`;
  });
  return `${title.en} by ${xName.en.toLowerCase()}: ${parts.join('; ')}`;
}
