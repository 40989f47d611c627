import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { OpenLanguageModel } from '../index.ts';
import { openLanguageModel } from '../index.ts';
import { colourRequest, languageModelContract } from '../language-model.contract.ts';
import { importLlamaFrom } from '../node/index.ts';

// scripts/fetch-small-model.sh puts both where these variables say.
const file = process.env.RADIOLECT_SMALL_MODEL ?? '/nowhere/small.gguf';
const llamaFolder = process.env.RADIOLECT_LLAMA ?? '';
const ready = existsSync(file) && existsSync(`${llamaFolder}/node_modules/node-llama-cpp`);

const surroundings = { fetch, now: () => performance.now() };
const settings = { name: 'small', kind: 'gguf', file, contextSize: 2048, threads: 1 } as const;

const opened: OpenLanguageModel[] = [];
afterAll(async () => {
  for (const model of opened) await model.close();
});
const open = async (): Promise<OpenLanguageModel> => {
  opened[0] ??= openLanguageModel(settings, { ...surroundings, importLlama: importLlamaFrom(llamaFolder) });
  return opened[0];
};

if (ready) {
  languageModelContract('a GGUF file', open);
  test('what a prompt begins with like the one before is not evaluated again', async () => {
    const model = await open();
    const system = `You answer with JSON only. ${'The sky is blue, grass is green, blood is red. '.repeat(60)}`;
    const first = await model.complete({ ...colourRequest, system });
    const second = await model.complete({ ...colourRequest, system, prompt: 'What colour is grass?' });
    expect(first.usage.inputTokens).toBeGreaterThan(700);
    expect(second.usage.inputTokens).toBeGreaterThan(700);
    expect(second.usage.seconds).toBeLessThan(first.usage.seconds / 2);
  });
  test('a prompt that does not fit is refused before it is evaluated', async () => {
    const model = await open();
    await expect(model.complete({ ...colourRequest, prompt: 'sky '.repeat(4000) })).rejects.toMatchObject({
      kind: 'too-long',
    });
  });
} else
  test.skip('a GGUF file keeps the contract: set RADIOLECT_SMALL_MODEL and RADIOLECT_LLAMA (scripts/fetch-small-model.sh)', () => {});

test('without node-llama-cpp the error names the command that installs it', async () => {
  const model = openLanguageModel(settings, {
    ...surroundings,
    importLlama: importLlamaFrom('/nowhere'),
  });
  await expect(model.complete(colourRequest)).rejects.toMatchObject({
    kind: 'not-installed',
    fix: expect.stringContaining('npm install --no-save node-llama-cpp@3.22.1') as string,
  });
});
