import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { datasetStatements } from './dataset-statements.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'statements-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what each report states, by study; nothing for a study or a folder without any', async () => {
  expect(await datasetStatements(join(folder, 'nowhere'))('s1')).toEqual([]);
  const statements = [{ text: '骶骨见异常浓聚。', sites: { sacrum: 'present' } }];
  await writeFile(join(folder, 'statements.jsonl'), `${JSON.stringify({ studyKey: 's1', statements })}\n\n`);
  const of = datasetStatements(folder);
  expect(await of('s1')).toEqual(statements);
  expect(await of('s2')).toEqual([]);
});
