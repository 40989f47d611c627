import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderInputCache } from '../node/folder-input-cache.ts';
import type { InputCache } from './input-cache.ts';
import { MemoryInputCache } from './input-cache.ts';

const folder = await mkdtemp(join(tmpdir(), 'radiolect-cache-'));
const values = Float32Array.from({ length: 24 }, (_, index) => index / 4);

test.each<[string, InputCache]>([
  ['memory', new MemoryInputCache()],
  ['folder', new FolderInputCache(join(folder, 'inputs'))],
])('%s: gives back what was put, one view or two', async (_, cache) => {
  expect(await cache.get('a')).toBeUndefined();
  const both = {
    anterior: { values, countsPerUnit: 7.5 },
    posterior: { values: values.map((v) => v / 2), countsPerUnit: 3 },
  };
  await cache.put('a', both);
  await cache.put('b', { posterior: both.posterior });
  expect(await cache.get('a')).toEqual(both);
  expect(await cache.get('b')).toEqual({ posterior: both.posterior });
});

test('outlines come back to a twentieth of a cell; no outlines and none in the picture differ', async () => {
  const cache = new MemoryInputCache();
  const region = { site: 'l4', nature: 'metastatic', uptake: 'increased' } as const;
  const anterior = {
    values,
    countsPerUnit: 7.5,
    regions: [
      {
        ...region,
        polygon: [
          [1.23, 4],
          [5, 6.01],
          [2, 7],
        ] as const,
      },
    ],
  };
  await cache.put('a', { anterior, posterior: { values, countsPerUnit: 1, regions: [] } });
  await cache.put('b', { anterior, posterior: { values, countsPerUnit: 1 } });
  const [a, b] = [await cache.get('a'), await cache.get('b')];
  expect(a!.anterior!.regions).toEqual([
    {
      ...region,
      polygon: [
        [1.25, 4],
        [5, 6],
        [2, 7],
      ],
    },
  ]);
  expect(a!.posterior!.regions).toEqual([]);
  expect(b!.posterior).toEqual({ values, countsPerUnit: 1 });
});

test('beyond the range it keeps the largest value, between steps the nearest', async () => {
  const cache = new MemoryInputCache();
  await cache.put('a', { anterior: { values: Float32Array.of(1000, 0.001, 0.5001), countsPerUnit: 1 } });
  expect([...(await cache.get('a'))!.anterior!.values]).toEqual([65535 / 256, 0, 0.5]);
  await rm(folder, { recursive: true });
});
