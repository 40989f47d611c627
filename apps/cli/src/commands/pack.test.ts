import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The worked example of docs/packs.md, as a physician would follow it: files → check → labels.

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const run = async (
  args: readonly string[],
  cwd = process.cwd(),
): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return {
      code: 0,
      ...(await promisify(execFile)(process.execPath, [inRepository('apps/cli/bin/radiolect.mjs'), ...args], { cwd })),
    };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

let folder = '';
let page = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
  page = await readFile(inRepository('docs/packs.md'), 'utf8');
  for (const [, path, content] of page.matchAll(/^```jsonl? (\S+)\n([\s\S]*?)^```/gm)) {
    const file = join(folder, path!);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content!);
  }
});
afterAll(() => rm(folder, { recursive: true }));

test('the page gives a whole pack, and its check finds the one warning that the page names', async () => {
  const { code, stdout, stderr } = await run(['pack', 'check', join(folder, 'knee-trauma')]);
  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^warning: lexicon\/zh\.json \[languages\]/)]);
  expect(stderr).toContain('knee-trauma: 0 errors, 1 warning');
  expect(code).toBe(0);
});

test('the reports of the page get the labels of the page', async () => {
  const pack = join(folder, 'knee-trauma');
  const { code, stdout } = await run(['label', join(pack, 'example.jsonl'), '--pack', './knee-trauma'], folder);
  expect(code).toBe(0);
  const read = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; labels: Record<string, { state: string }> })
    .map(
      ({ id, labels }) =>
        `| ${id} | ${Object.entries(labels)
          .map(([key, { state }]) => `${key} ${state}`)
          .join(', ')} |`,
    );
  expect(read).toEqual(page.split('\n').filter((line) => /^\| k\d \|/.test(line)));
});

test('mistakes are listed together, and the exit code is 1', async () => {
  const file = join(folder, 'knee-trauma/lexicon/en.json');
  const good = await readFile(file, 'utf8');
  await writeFile(
    file,
    good
      .replace('"positions": ["joint-effusion"], "terms"', '"positions": ["joint-efusion"], "terms"')
      .replace('"avulsion"', '"avulsion fx."'),
  );
  const { code, stdout } = await run(['pack', 'check', join(folder, 'knee-trauma'), '--json']);
  await writeFile(file, good);
  expect(code).toBe(1);
  const { errors, problems } = JSON.parse(stdout) as {
    errors: number;
    problems: { rule: string; file: string; fix: string }[];
  };
  expect(errors).toBe(2);
  expect(
    problems
      .slice(0, 2)
      .map(({ rule, file }) => `${file} ${rule}`)
      .sort(),
  ).toEqual(['lexicon/en.json sentence-end', 'lexicon/en.json unknown-position']);
  expect(problems.every(({ fix }) => fix.length > 0)).toBe(true);
});

test('a pack that is not there is named, with those that are', async () => {
  const { code, stderr } = await run(['pack', 'check', 'no-such-pack']);
  expect(code).toBe(1);
  expect(stderr).toContain('chest-x-ray');
});
