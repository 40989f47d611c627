import { expect, test } from 'vitest';
import { atlas } from '../drawn-studies.fixture.ts';
import { readingGrid } from '../input/reading-grid.ts';
import { randomStream } from '../random.ts';
import { chosenPlaces } from './chosen-places.ts';
import { lesionCells } from './lesion-cells.ts';
import { boneCells, placeSide } from './places.ts';
import { shownStudy } from './shown-study.ts';

const grid = readingGrid(atlas, 768, 240);
const cells = grid.rows * grid.columns;
const bone = boneCells(atlas, grid);
const normal = { mean: new Float32Array(2 * cells), inverseDeviation: new Float32Array(2 * cells).fill(1) };
const view = { values: new Float32Array(cells).fill(1), countsPerUnit: 10 };
const study = shownStudy({ anterior: view, posterior: view }, grid, normal);
const none = lesionCells([], grid, false);

/** A lesion of 4 × 4 cells. */
const at = (column: number, row: number) =>
  lesionCells(
    [
      {
        site: 'l4',
        nature: 'metastatic',
        uptake: 'increased',
        polygon: [
          [column, row],
          [column + 4, row],
          [column + 4, row + 4],
          [column, row + 4],
        ],
      },
    ],
    grid,
    false,
  );

test('half of the places hold a lesion, where there is one', () => {
  const places = chosenPlaces(study, [at(100, 300), none], bone, grid, 12, randomStream(1));
  const holding = places.filter(
    ({ view: of, row, column }) =>
      of === 0 && row <= 302 && row + placeSide > 302 && column <= 102 && column + placeSide > 102,
  );
  expect(places).toHaveLength(12);
  expect(holding.length).toBeGreaterThanOrEqual(6);
});

test('a lesion whose outline lies beside the grid does no harm', () => {
  const places = chosenPlaces(study, [at(-40, 300), at(100, 5000)], bone, grid, 12, randomStream(1));
  expect(places).toHaveLength(12);
  for (const { row, column } of places) {
    expect(row).toBeGreaterThanOrEqual(0);
    expect(row + placeSide).toBeLessThanOrEqual(grid.rows);
    expect(column).toBeGreaterThanOrEqual(0);
    expect(column + placeSide).toBeLessThanOrEqual(grid.columns);
  }
});
