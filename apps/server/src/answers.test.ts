import type { StudyPage } from '@radiolect/reading-room';
import { expect, test } from 'vitest';
import { heatMapsOf } from './answers.ts';

type Reading = StudyPage['study']['reading'];

const urls = (reading: Partial<Reading>): ReturnType<ReturnType<typeof heatMapsOf>> =>
  heatMapsOf({
    study: { id: 'S', reading: { state: 'read', unvalidated: false, ...reading } },
    views: [{ view: 'anterior' }, { view: null }],
  } as unknown as StudyPage)('l4');

test('the address of a heat map names the reading it belongs to', () => {
  const first = urls({ model: 'first' });
  expect(Object.keys(first)).toEqual(['anterior']);
  expect(first.anterior).toMatch(/^\/api\/studies\/S\/heat-map\/l4\/anterior\?reading=[0-9a-f]{12}$/);
  expect(urls({ model: 'first' })).toEqual(first);
  expect(urls({ model: 'second' })).not.toEqual(first);
  expect(urls({ model: 'first', warps: {} })).not.toEqual(first);
  expect(urls({ state: 'not-a-bone-scan', model: 'first' })).toEqual({});
});
