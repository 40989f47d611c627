import type { Atlas, Warp } from './atlas.ts';
import type { Point } from './evidence.ts';
import type { View } from './vocabulary.ts';
import { identityWarp, warpToPicture } from './warp.ts';

/** How the atlas is drawn. Colours are any CSS colour. */
export interface AtlasSvgOptions {
  /** Fill by site id; the others get `boneFill`. */
  readonly fills?: Readonly<Record<string, string>>;
  readonly boneFill?: string;
  readonly lineColour?: string;
  readonly bodyFill?: string;
  /** Draw kidneys, bladder and so on; left out by default. */
  readonly organs?: boolean;
  /** Where the drawing lies in a picture; the atlas itself by default. */
  readonly warp?: Warp;
  /** The part of the plane to show, in pixels: x, y, width, height. All of it by default. */
  readonly viewBox?: readonly [number, number, number, number];
  /** Text of the tooltip by site id. */
  readonly titles?: Readonly<Record<string, string>>;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * One view of the atlas as a stand-alone SVG. Every site is a `<path data-site="…">`, farthest first, so that a click
 * lands on the nearest; sides are told by "R" and "L" at the picture's edges.
 */
export function atlasSvg(atlas: Atlas, view: View, options: AtlasSvgOptions = {}): string {
  const warp = options.warp ?? identityWarp;
  const box = options.viewBox ?? [0, 0, atlas.width, atlas.height];
  const path = (polygons: readonly (readonly Point[])[]): string =>
    polygons
      .map((polygon) => {
        const corners = polygon.map((point) => {
          const [x, y] = warpToPicture(warp, point);
          return `${x.toFixed(1)} ${y.toFixed(1)}`;
        });
        return `M${corners.join('L')}Z`;
      })
      .join('');
  const { body, organs, outlines } = atlas.views[view];
  const line = escapeXml(options.lineColour ?? '#57534e');
  const bone = escapeXml(options.boneFill ?? '#f5f0e6');
  const parts = [
    `<path d="${path(body)}" fill="${escapeXml(options.bodyFill ?? '#e7e5e4')}" stroke="none"/>`,
    ...(options.organs
      ? organs.map(
          (organ) => `<path data-organ="${escapeXml(organ.name)}" d="${path(organ.polygons)}" fill="#d6c7b0"/>`,
        )
      : []),
    ...outlines.map((outline) => {
      const fill = escapeXml(options.fills?.[outline.site] ?? bone);
      const title = options.titles?.[outline.site];
      const inner = title === undefined ? '/>' : `><title>${escapeXml(title)}</title></path>`;
      return `<path data-site="${escapeXml(outline.site)}" d="${path(outline.polygons)}" fill="${fill}" fill-opacity="0.85" stroke="${line}" stroke-width="0.6" stroke-linejoin="round"${inner}`;
    }),
  ];
  const [first, second] = view === 'anterior' ? ['R', 'L'] : ['L', 'R'];
  const labelY = box[1] + 20;
  parts.push(
    `<text x="${box[0] + 6}" y="${labelY}" font-size="14" font-family="sans-serif" fill="${line}">${first}</text>`,
    `<text x="${box[0] + box[2] - 16}" y="${labelY}" font-size="14" font-family="sans-serif" fill="${line}">${second}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" data-view="${view}">${parts.join('')}</svg>`;
}
