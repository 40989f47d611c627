type Range = readonly [least: number, most: number];

/** An SVG path through the points, the ranges spread over the size, larger values higher. Empty without points. */
export function curvePath(
  points: readonly (readonly [x: number, y: number])[],
  range: { readonly x: Range; readonly y: Range },
  size: { readonly width: number; readonly height: number },
): string {
  const share = (value: number, [least, most]: Range): number =>
    most > least ? (value - least) / (most - least) : 0.5;
  return points
    .map(([x, y], index) => {
      const at = [share(x, range.x) * size.width, (1 - share(y, range.y)) * size.height];
      return `${index === 0 ? 'M' : 'L'}${at.map((value) => value.toFixed(1)).join(' ')}`;
    })
    .join('');
}
