import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insidePolygon } from './atlas-geometry.ts';
import type { Point } from './evidence.ts';
import { fillPolygon } from './fill-polygon.ts';

test('visits exactly the cells whose centre is inside, also of polygons that leave the grid or cross themselves', () => {
  const coordinate = fc.integer({ min: -40, max: 120 }).map((tenth) => tenth / 10 + 0.03);
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 }), (points) => {
      const polygon: readonly Point[] = points;
      const visited = new Set<number>();
      fillPolygon(polygon, 9, 8, (row, column) => visited.add(row * 8 + column));
      const inside = Array.from({ length: 72 }, (_, at) => at).filter((at) =>
        insidePolygon(polygon, [(at % 8) + 0.5, Math.floor(at / 8) + 0.5]),
      );
      expect([...visited].sort((a, b) => a - b)).toEqual(inside);
    }),
    { numRuns: 500 },
  );
});
