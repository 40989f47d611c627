import { readPackFiles, shippedPackFolder, shippedPacks } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import { instrumentsOf } from './instruments.ts';

const filesOf = async (name: string) => Object.fromEntries(await readPackFiles(shippedPackFolder(name)));

test.each(await shippedPacks())('every part of the pack %s works in the browser', async (name) => {
  const { problems, reader, sets, examples } = instrumentsOf({ name, files: await filesOf(name) });
  expect(problems).toEqual([]);
  expect(reader !== undefined || sets.length > 0).toBe(true);
  expect(examples.map(({ language }) => language)).toContain('en');
  // An example that says nothing would show nothing.
  for (const { text } of examples) if (reader) expect(reader.read(text).findings.length).toBeGreaterThan(3);
});

test('a broken file is named, and the rest works', async () => {
  const files = { ...(await filesOf('bone-scan')), 'checks.json': '{', 'plain/en.json': '{}' };
  const { problems, reader, checker, plain } = instrumentsOf({ name: 'bone-scan', files });
  expect(problems.join()).toMatch(/checks\.json.*plain\/en\.json/);
  expect(checker).toBeUndefined();
  expect(plain).toEqual(['zh-Hant', 'zh-Hans']);
  expect(reader?.read('Uptake at L4.').findings.map(({ site }) => site)).toEqual(['l4']);
});
