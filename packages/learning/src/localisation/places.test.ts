import { expect, test } from 'vitest';
import { atlas } from '../drawn-studies.fixture.ts';
import { readingGrid } from '../input/reading-grid.ts';
import { finePatches, fineSide, PlacePatches } from './place-patches.ts';
import { boneCells, coveringPlaces, placeSide } from './places.ts';
import { shownStudy } from './shown-study.ts';

const grid = readingGrid(atlas, 768, 240);
const cells = grid.rows * grid.columns;
const bone = boneCells(atlas, grid);
const normal = { mean: new Float32Array(2 * cells), inverseDeviation: new Float32Array(2 * cells).fill(1) };

test('places cover all bone, stay on the plane, and leave most of the air out', () => {
  const places = coveringPlaces(bone, grid, ['anterior', 'posterior']);
  const covered = [new Uint8Array(cells), new Uint8Array(cells)];
  for (const { view, row, column } of places) {
    expect(row >= 0 && column >= 0 && row + placeSide <= grid.rows && column + placeSide <= grid.columns).toBe(true);
    for (let r = row; r < row + placeSide; r++)
      covered[view]!.fill(1, r * grid.columns + column, r * grid.columns + column + placeSide);
  }
  for (const view of [0, 1])
    expect(bone[view]!.every((near, cell) => near === 0 || covered[view]![cell] === 1)).toBe(true);
  expect(places.length).toBeLessThan(2 * 32 * 10 * 0.85);
  expect(coveringPlaces(bone, grid, ['posterior']).every(({ view }) => view === 1)).toBe(true);
});

test('one lit cell is seen where it lies: in the place, at half resolution, in the mirror and from the other view', () => {
  const [row, column] = [301, 90];
  const values = new Float32Array(cells);
  values[row * grid.columns + column] = 1;
  const dark = { values: new Float32Array(cells), countsPerUnit: 1 };
  const study = shownStudy({ anterior: { values, countsPerUnit: 1 }, posterior: dark }, grid, normal);
  const seen = (place: { view: number; row: number; column: number }) => {
    const patches = new PlacePatches(1);
    patches.add(study, place, grid);
    const lit = Object.entries(patches.tensors()).flatMap(([name, { data }]) =>
      name === 'where'
        ? []
        : [[name, [...(data as Float32Array)].flatMap((value, at) => (value > 0 ? [at] : []))] as const],
    );
    return Object.fromEntries(lit.filter(([, at]) => at.length > 0));
  };
  const own = seen({ view: 0, row: 296, column: 80 });
  // Cell (5, 10) of the place: patch (1, 2) of 8 × 8, cell (1, 2) in it; level and deviation.
  const token = 1 * 8 + 2;
  expect(own.place).toEqual([token * 2 * fineSide ** 2 + 6, token * 2 * fineSide ** 2 + 16 + 6]);
  expect(own.near).toHaveLength(2);
  expect(own.far).toHaveLength(2);
  expect(own.mirror).toBeUndefined();
  // Column 90 lies opposite column 149; a place that begins at 140 sees it in its 10th column.
  const opposite = seen({ view: 0, row: 296, column: 140 });
  expect(opposite.place).toBeUndefined();
  const mirrorToken = Math.floor(5 / 8) * 4 + Math.floor(9 / 8);
  expect(opposite.mirror![0]).toBe(mirrorToken * 128 + 5 * 8 + 1);
  const behind = seen({ view: 1, row: 296, column: 140 });
  expect(behind.place).toBeUndefined();
  expect(behind['other-view']).toEqual(opposite.mirror);
});

test('a missing view is zeros, and more places than room are refused', () => {
  const study = shownStudy({ anterior: { values: new Float32Array(cells).fill(1), countsPerUnit: 1 } }, grid, normal);
  const patches = new PlacePatches(1);
  patches.add(study, { view: 0, row: 0, column: 0 }, grid);
  const { 'other-view': other, place } = patches.tensors();
  expect((other!.data as Float32Array).every((value) => value === 0)).toBe(true);
  expect(place!.shape).toEqual([finePatches, 2 * fineSide ** 2]);
  expect(() => patches.add(study, { view: 0, row: 0, column: 0 }, grid)).toThrow(RangeError);
});
