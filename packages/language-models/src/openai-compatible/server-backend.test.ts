import { afterEach, describe, expect, test } from 'vitest';
import type { LanguageModelSurroundings, OpenLanguageModel } from '../index.ts';
import { memoryAnswerStore, openLanguageModel } from '../index.ts';
import { colourRequest, languageModelContract } from '../language-model.contract.ts';
import type { RecordedAnswers, RecordedServer } from '../recorded-server/index.ts';
import { startRecordedServer } from '../recorded-server/index.ts';

const servers: RecordedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const surroundings: LanguageModelSurroundings = { fetch, now: () => performance.now() };

async function served(
  answers: RecordedAnswers,
  settings: object = {},
  around: Partial<LanguageModelSurroundings> = {},
): Promise<{ server: RecordedServer; model: OpenLanguageModel }> {
  const server = await startRecordedServer(answers);
  servers.push(server);
  const model = openLanguageModel(
    { name: 'recorded', kind: 'openai-compatible', baseUrl: server.url, model: 'any', ...settings },
    { ...surroundings, ...around },
  );
  return { server, model };
}

const blue = { colour: 'blue', sure: true };

languageModelContract('a server', async () => {
  const { model } = await served(({ body }) =>
    body.max_tokens === 2 ? { text: '{"col', finishReason: 'length' } : { object: blue, delayMs: 2 },
  );
  return model;
});

describe('what is sent', () => {
  test('the schema, the model, the system part first, and temperature 0', async () => {
    const { server, model } = await served(() => ({ object: blue }));
    await model.complete(colourRequest);
    const [request] = server.requests;
    expect(request).toMatchObject({ model: 'any', system: colourRequest.system, prompt: colourRequest.prompt });
    expect(request?.schema).toEqual(colourRequest.schema);
    expect(request?.body).toMatchObject({ temperature: 0, max_tokens: 40 });
    expect(request?.headers.authorization).toBeUndefined();
  });
  test('another draw has its seed and a temperature', async () => {
    const { server, model } = await served(() => ({ object: blue }));
    await model.complete({ ...colourRequest, variant: 3 });
    expect(server.requests[0]?.body).toMatchObject({ temperature: 0.7, seed: 3 });
  });
  test('the key of the environment variable that is named', async () => {
    const { server, model } = await served(
      () => ({ object: blue }),
      { apiKeyEnv: 'SOME_KEY' },
      { key: (variable) => (variable === 'SOME_KEY' ? 'secret-1' : undefined) },
    );
    await model.complete(colourRequest);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret-1');
  });
  test('pictures as data URLs, each after its meaning', async () => {
    const { server, model } = await served(() => ({ object: blue }), { seesImages: true });
    const data = Uint8Array.of(137, 80, 78, 71);
    await model.complete({ ...colourRequest, images: [{ mediaType: 'image/png', data, meaning: 'anterior view' }] });
    expect(server.requests[0]?.images).toEqual(['data:image/png;base64,iVBORw==']);
    expect(server.requests[0]?.prompt).toBe(`anterior view:\n${colourRequest.prompt}`);
  });
});

describe('what comes back', () => {
  test('tokens as the server counts them, and their price', async () => {
    const { model } = await served(() => ({ object: blue, usage: { inputTokens: 1000, outputTokens: 200 } }), {
      pricePerMillionTokens: { input: 2, output: 10 },
    });
    const { usage } = await model.complete(colourRequest);
    expect(usage).toMatchObject({ inputTokens: 1000, outputTokens: 200 });
    expect(usage.cost).toBeCloseTo(0.004, 9);
  });
  test('an answer outside the schema says what is wrong, without an exception', async () => {
    const { model } = await served(() => ({ object: { colour: 'mauve', sure: 'yes', more: 1 } }));
    const answer = await model.complete(colourRequest);
    expect(answer).toMatchObject({ kind: 'invalid', cached: false });
    expect((answer as { problem: string }).problem).toMatch(/colour: .*; sure: .*/);
  });
  test.each(['', 'I see a blue sky.', '{"colour": "blue"'])('"%s" is no JSON', async (text) => {
    const { model } = await served(() => text);
    expect((await model.complete(colourRequest)).kind).toBe('invalid');
    expect((await model.complete(colourRequest, { onText: () => undefined })).kind).toBe('invalid');
  });
  test('thinking aloud and a Markdown fence around the JSON are taken off', async () => {
    const { model } = await served(() => `<think>blue?</think>\n\`\`\`json\n${JSON.stringify(blue)}\n\`\`\``);
    expect(await model.complete(colourRequest)).toMatchObject({ kind: 'object', object: blue });
  });
});

describe('failures', () => {
  const report = 'PATIENT WORDS';
  const failing = (model: OpenLanguageModel) => model.complete({ ...colourRequest, prompt: report });

  test('a refusal that passes is tried again', async () => {
    const { server, model } = await served(({ index }) =>
      index < 2 ? { status: 503, headers: { 'retry-after-ms': '5' }, text: 'busy' } : { object: blue },
    );
    expect((await failing(model)).kind).toBe('object');
    expect(server.requests).toHaveLength(3);
  });
  test('without a word from the server the pauses grow', async () => {
    const times: number[] = [];
    const { model } = await served(
      () => {
        times.push(performance.now());
        return times.length < 2 ? { status: 500, text: 'busy' } : { object: blue };
      },
      { retries: 1 },
    );
    expect((await failing(model)).kind).toBe('object');
    expect(times[1]! - times[0]!).toBeGreaterThan(1000);
  });
  test.each([
    [400, 'refused', /its log says why/],
    [401, 'refused', /environment variable that apiKeyEnv names/],
    [404, 'refused', /know this model/],
  ])('status %d is %s, with a fix and without a word of the report', async (status, kind, fix) => {
    const { model } = await served(({ prompt }) => ({ status, text: `cannot take: ${prompt}` }));
    const error = await failing(model).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'LanguageModelError', kind, status, fix: expect.stringMatching(fix) });
    expect(`${(error as Error).stack} ${JSON.stringify(error)} ${(error as Error).cause}`).not.toContain(report);
  });
  test('a server that is not there is unreachable', async () => {
    const { server, model } = await served([], { retries: 0 });
    await server.close();
    await expect(failing(model)).rejects.toMatchObject({ kind: 'unreachable', model: 'recorded' });
    await expect(model.complete(colourRequest, { onText: () => undefined })).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });
  test('a slow server is timed out, streaming or not', async () => {
    const { model } = await served(() => ({ object: blue, delayMs: 3000 }), { timeoutSeconds: 0.05 });
    await expect(failing(model)).rejects.toMatchObject({ kind: 'timed-out' });
    await expect(model.complete(colourRequest, { onText: () => undefined })).rejects.toMatchObject({
      kind: 'timed-out',
    });
  });
  test('a server that goes away in the middle of an answer is unreachable', async () => {
    const { server, model } = await served(() => ({ object: blue, pieceDelayMs: 200 }), { retries: 0 });
    const going = model.complete(colourRequest, { onText: () => void server.close() });
    await expect(going).rejects.toMatchObject({ kind: 'unreachable' });
  });
  test('a prompt that cannot fit is not sent: a server may cut it without a word', async () => {
    const { server, model } = await served(() => ({ object: blue }), { contextSize: 256 });
    const long = { ...colourRequest, prompt: 'sky '.repeat(2000) };
    await expect(model.complete(long)).rejects.toMatchObject({
      kind: 'too-long',
      message: expect.stringMatching(/256$/) as string,
    });
    await expect(model.complete({ ...colourRequest, prompt: '天空'.repeat(800) })).rejects.toThrow('or more');
    expect((await model.complete(colourRequest)).kind).toBe('object');
    expect(server.requests).toHaveLength(1);
  });
  test('a redirect is not followed: it could lead to another computer', async () => {
    const elsewhere = await startRecordedServer(() => ({ object: blue }));
    servers.push(elsewhere);
    const { model } = await served(
      () => ({ status: 307, headers: { location: `${elsewhere.url}/chat/completions` }, text: 'moved' }),
      { retries: 0 },
    );
    await expect(failing(model)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('asked once', () => {
  test('a kept answer is not asked again; another prompt, schema, picture or draw is', async () => {
    const answers = memoryAnswerStore();
    const { server, model } = await served(() => ({ object: blue }), { seesImages: true }, { answers });
    const picture = (byte: number) => [
      { mediaType: 'image/png' as const, data: Uint8Array.of(byte), meaning: 'anterior view' },
    ];
    const different = [
      colourRequest,
      { ...colourRequest, prompt: 'And at night?' },
      { ...colourRequest, system: 'Answer in JSON.' },
      { ...colourRequest, schema: { ...colourRequest.schema, title: 'sky' } },
      { ...colourRequest, images: picture(1) },
      { ...colourRequest, images: picture(2) },
      { ...colourRequest, variant: 1 },
    ];
    for (const request of different) expect((await model.complete(request)).cached).toBe(false);
    for (const request of different) {
      const pieces: string[] = [];
      const answer = await model.complete(request, { onText: (piece) => pieces.push(piece) });
      expect(answer).toMatchObject({ cached: true, kind: 'object', object: blue });
      expect(pieces.join('')).toBe(answer.text);
      expect(answer.usage.seconds).toBeGreaterThan(0);
    }
    expect(server.requests).toHaveLength(different.length);
  });
  test('no more requests under way than the configuration allows', async () => {
    let underWay = 0;
    let most = 0;
    const { model } = await served(
      async () => {
        most = Math.max(most, ++underWay);
        await new Promise((done) => setTimeout(done, 20));
        underWay--;
        return { object: blue };
      },
      { concurrency: 3 },
    );
    await Promise.all(Array.from({ length: 12 }, () => model.complete(colourRequest)));
    expect(most).toBe(3);
  });
});
