import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderAnswerStore, modelsFile, readModelConfigurations } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-answers-'));
});
afterAll(() => rm(folder, { recursive: true }));

const answer = { text: '{"quote":"左膝"}', inputTokens: 10, outputTokens: 3, seconds: 0.5, truncated: false };

test('an answer is kept for this user alone, and comes back whole', async () => {
  const store = folderAnswerStore(join(folder, 'kept'));
  expect(await store.get('ab12')).toBeUndefined();
  await store.put('ab12', answer);
  expect(await store.get('ab12')).toEqual(answer);
  expect(await folderAnswerStore(join(folder, 'kept')).get('ab12')).toEqual(answer);
  const path = join(folder, 'kept', 'ab', '12.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  for (const directory of ['kept', 'kept/ab']) expect((await stat(join(folder, directory))).mode & 0o777).toBe(0o700);
});
test('two writers at once leave one whole answer and no remains', async () => {
  const store = folderAnswerStore(join(folder, 'busy'));
  await Promise.all(Array.from({ length: 20 }, (_, i) => store.put('cd34', { ...answer, inputTokens: i })));
  expect(await store.get('cd34')).toMatchObject({ text: answer.text });
  expect(await readdir(join(folder, 'busy', 'cd'))).toEqual(['34.json']);
});
test('a damaged file is asked again, not believed', async () => {
  const store = folderAnswerStore(join(folder, 'damaged'));
  await store.put('ef56', answer);
  const path = join(folder, 'damaged', 'ef', '56.json');
  for (const content of ['', '{"text": "hal', '{"text": 7}']) {
    await writeFile(path, content);
    expect(await store.get('ef56')).toBeUndefined();
  }
  await store.put('ef56', answer);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(answer);
});
test('the configuration: none is no error; paths of files start at the data folder', async () => {
  expect(await readModelConfigurations(join(folder, 'nowhere'))).toEqual([]);
  const gguf = { kind: 'gguf', contextSize: 4096 };
  await writeFile(
    join(folder, modelsFile),
    JSON.stringify({
      models: [
        { ...gguf, name: 'inside', file: 'models/a.gguf' },
        { ...gguf, name: 'outside', file: '/opt/b.gguf' },
      ],
    }),
  );
  const models = await readModelConfigurations(folder);
  expect(models.map((model) => model.kind === 'gguf' && model.file)).toEqual([
    join(folder, 'models/a.gguf'),
    '/opt/b.gguf',
  ]);
});
