import type { CompletionRequest, LanguageModel } from '@radiolect/reports';
import { describe, expect, test } from 'vitest';

/** The request of every case: small enough for the smallest model. */
export const colourRequest: CompletionRequest = {
  system: 'You answer with JSON only.',
  prompt: 'What colour is the clear sky at noon? Answer with the colour.',
  schema: {
    type: 'object',
    properties: { colour: { enum: ['blue', 'red', 'green'] }, sure: { type: 'boolean' } },
    required: ['colour', 'sure'],
    additionalProperties: false,
  },
  maxTokens: 40,
};

/** What every model behind the port keeps to, whatever stands behind it. */
export function languageModelContract(title: string, open: () => Promise<LanguageModel>): void {
  describe(`${title} keeps the contract of a language model`, () => {
    test('an answer follows the schema, with its tokens and seconds', async () => {
      const model = await open();
      const answer = await model.complete(colourRequest);
      expect(answer.kind).toBe('object');
      const { colour, sure } = (answer as { object: { colour: string; sure: boolean } }).object;
      expect(['blue', 'red', 'green']).toContain(colour);
      expect(typeof sure).toBe('boolean');
      expect(JSON.parse(answer.text)).toEqual({ colour, sure });
      expect(answer.usage.inputTokens).toBeGreaterThan(0);
      expect(answer.usage.outputTokens).toBeGreaterThan(0);
      expect(answer.usage.seconds).toBeGreaterThan(0);
      expect(answer.cached).toBe(false);
    });
    test('the pieces that stream in make up the answer', async () => {
      const pieces: string[] = [];
      const answer = await (await open()).complete(colourRequest, { onText: (piece) => pieces.push(piece) });
      expect(pieces.length).toBeGreaterThan(1);
      expect(pieces.join('')).toBe(answer.text);
      expect(answer.usage.outputTokens).toBeGreaterThan(0);
    });
    test('the same request gives the same answer', async () => {
      const model = await open();
      const [first, second] = [await model.complete(colourRequest), await model.complete(colourRequest)];
      expect(second.text).toBe(first.text);
    });
    test('an answer that is cut off is invalid, not thrown', async () => {
      const answer = await (await open()).complete({ ...colourRequest, maxTokens: 2 });
      expect(answer).toMatchObject({ kind: 'invalid', problem: 'the answer was cut off: it is too long' });
    });
    test('an abort ends the request with its reason, before and while it answers', async () => {
      const model = await open();
      const reason = new Error('closed by its reader');
      await expect(model.complete(colourRequest, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const controller = new AbortController();
      const request = model.complete(colourRequest, {
        signal: controller.signal,
        onText: () => controller.abort(reason),
      });
      await expect(request).rejects.toBe(reason);
      // And the model goes on.
      expect((await model.complete(colourRequest)).kind).toBe('object');
    });
    test('a picture that a blind model gets is refused', async () => {
      const model = await open();
      if (model.seesImages) return;
      const images = [{ mediaType: 'image/png' as const, data: new Uint8Array(4), meaning: 'anterior view' }];
      await expect(model.complete({ ...colourRequest, images })).rejects.toMatchObject({ kind: 'cannot-see' });
    });
  });
}
