import { mirrorSite, siteOutline, views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { makeGeometry } from '../model/geometry.ts';
import { cellCentre, cellsInside, readingGrid, toGrid } from './reading-grid.ts';

const pack = await readPack('bone-scan');
const atlas = pack.atlas!;
const { positions } = pack.labelSpace;
const geometry = makeGeometry(atlas, positions, { rows: 512, columns: 128, side: 16, reach: 8 });
const { grid, windows } = geometry;

test('the grid is symmetric about the midline and holds every outline', () => {
  expect(grid.left + (grid.columns * grid.cellWidth) / 2).toBeCloseTo(atlas.width / 2);
  for (const view of views)
    for (const { polygons } of atlas.views[view].outlines)
      for (const [x, y] of polygons.flat()) {
        const [column, row] = toGrid(grid, [x, y]);
        expect(column > 0 && column < grid.columns && row > 0 && row < grid.rows).toBe(true);
      }
  expect(toGrid(grid, cellCentre(grid, 10, 20))).toEqual([expect.closeTo(20.5), expect.closeTo(10.5)]);
});

test('every cell of every site lies in one of the site’s windows, and every site has one', () => {
  for (const [site, id] of positions.entries())
    for (const view of views) {
      const own = windows.windows.filter((window) => window.site === site && window.view === view);
      for (const cell of cellsInside(grid, siteOutline(atlas, view, id))) {
        const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
        const held = own.some(
          (window) =>
            row >= window.row && row <= window.row + 16 && column >= window.column && column <= window.column + 16,
        );
        expect(held, `${view} ${id} ${row} ${column}`).toBe(true);
      }
    }
  expect(new Set(windows.windows.map(({ site }) => site)).size).toBe(91);
});

test('windows stay on the grid, and their own cells are their site’s', () => {
  const cells = grid.rows * grid.columns;
  windows.windows.forEach((window, index) => {
    const first = windows.corners[index]!;
    expect(Math.floor(first / cells)).toBe(views.indexOf(window.view));
    expect(Math.floor((first + windows.steps.at(-1)!) / cells)).toBe(views.indexOf(window.view));
    const own = windows.own.subarray(index * 256, (index + 1) * 256);
    expect(Math.max(...own)).toBe(1);
  });
});

test('a site reads its own windows, its neighbours’ less, and no others', () => {
  const l4 = positions.indexOf('l4');
  const count = windows.windows.length;
  windows.windows.forEach(({ site }, window) => {
    const prior = geometry.readingPrior[l4 * count + window]!;
    if (site === l4) expect(prior).toBe(0);
    else if (['l3', 'l5'].includes(positions[site]!)) expect(prior).toBe(-4);
    else if (positions[site] === 'calvarium') expect(prior).toBe(-10000);
  });
});

test('mirror indices are those of the mirror sites', () => {
  geometry.mirror.forEach((other, site) => {
    expect(positions[other]).toBe(mirrorSite(positions[site]!));
    expect(geometry.mirror[other]).toBe(site);
  });
});

test('a smaller grid is the same place, coarser', () => {
  const coarse = readingGrid(atlas, 256, 64);
  expect(coarse.cellHeight).toBeCloseTo(2 * grid.cellHeight);
  expect(coarse.body.anterior.length).toBeGreaterThan(grid.body.anterior.length / 4.4);
});
