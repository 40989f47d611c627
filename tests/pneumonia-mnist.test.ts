import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gradePictures } from '@radiolect/reading-room';
import { expect, test } from 'vitest';

// The shipped classifier of chest X-rays, on real pictures that it did not learn from.

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(
  process.env.RADIOLECT_MATERIAL ?? join(root, '../shared'),
  'data/pneumoniamnist/pneumoniamnist-train-val.npz',
);

test.skipIf(!existsSync(file))(
  `the shipped model reads the validation pictures (${existsSync(file) ? file : 'no pneumoniamnist at RADIOLECT_MATERIAL'})`,
  async () => {
    const { n, split, auroc, accuracy, models } = await gradePictures(file, [join(root, 'models/pneumonia-mnist')]);
    expect([n, split, models.length]).toEqual([524, 'validation', 3]);
    expect(auroc.value).toBeGreaterThanOrEqual(0.99);
    expect(accuracy.low).toBeGreaterThan(0.744); // all called pneumonia
  },
  60_000,
);
