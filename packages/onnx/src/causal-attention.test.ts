import { describe, expect, test } from 'vitest';
import { cachedAttention, causalAttention } from './causal-attention.ts';
import { crossEntropy } from './cross-entropy.ts';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import type { Value } from './graph.ts';
import { Graph } from './graph.ts';
import { floatsOf, indicesOf, pytorchReference, relativeError } from './pytorch-reference.fixture.ts';
import { Session } from './session.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor, intTensor, sizeOf } from './tensor.ts';

// A decoder of one block as in the reference: embeddings of token and place, causal attention, feed-forward, and the
// embedding once more as the vocabulary.

const { decoder } = pytorchReference;
const [batch, tokens] = decoder.ids.shape as [number, number];
const [vocabulary, width] = decoder.weights.embedding!.shape as [number, number];
const { heads } = decoder;

type Attend = (q: Value, k: Value, v: Value) => Value;

/** ids (B, T) and their places (T, D) → logits (B, T, V). */
function logitsOf(g: Graph, weight: (name: string) => Value, ids: Value, places: Value, attend: Attend): Value {
  const read = ids.shape[1]!;
  const norm = (x: Value, part: string): Value => g.layerNorm(x, weight(`${part}.gain`), weight(`${part}.shift`));
  const embedded = g.add(g.gather(weight('embedding'), ids, 0), places);
  const x = g.reshape(embedded, [batch * read, width]);
  const mixed = g.reshape(g.gemm(norm(x, 'attention'), weight('attention.in')), [batch, read, 3, heads, width / heads]);
  const [q, k, v] = g
    .split(g.transpose(mixed, [2, 0, 3, 1, 4]), 0, [1, 1, 1])
    .map((part) => g.reshape(part, [batch, heads, read, width / heads])) as [Value, Value, Value];
  const attended = g.reshape(g.transpose(attend(q, k, v), [0, 2, 1, 3]), [batch * read, width]);
  const y = g.add(x, g.gemm(attended, weight('attention.out')));
  const hidden = g.op('Gelu', g.gemm(norm(y, 'forward'), weight('forward.in')));
  const last = g.add(y, g.gemm(hidden, weight('forward.out')));
  return g.reshape(g.gemm(last, weight('embedding'), undefined, { transB: true }), [batch, read, vocabulary]);
}

const weights = Object.fromEntries(Object.entries(decoder.weights).map(([name, value]) => [name, floatsOf(value)]));

function inputsFor(g: Graph): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    const value = made.get(name) ?? g.input(name, 'float32', decoder.weights[name]!.shape);
    made.set(name, value);
    return value;
  };
}

/** Logits, loss and gradients over whole texts at once. */
async function wholePass(): Promise<Record<string, Tensor>> {
  const g = new Graph();
  const weight = inputsFor(g);
  const ids = g.input('ids', 'int64', [batch, tokens]);
  const logits = logitsOf(g, weight, ids, weight('places'), (q, k, v) => causalAttention(g, q, k, v));
  const loss = crossEntropy(g, logits, g.input('targets', 'int64', [batch, tokens]));
  g.output('logits', logits);
  g.output('loss', loss);
  const names = Object.keys(weights);
  differentiate(g, loss, names.map(weight)).forEach((gradient, index) => {
    g.output(`gradient of ${names[index]}`, gradient);
  });
  const session = await Session.create(encodeModel(g), { threads: 1 });
  const results = await session.run({ ...weights, ids: indicesOf(decoder.ids), targets: indicesOf(decoder.targets) });
  await session.dispose();
  return results;
}

/** A graph that reads `read` tokens after those in a cache with room for `room`. */
async function cachedReader(read: number, room: number): Promise<Session> {
  const g = new Graph();
  const weight = inputsFor(g);
  const shape = [batch, heads, room, width / heads];
  const position = g.input('position', 'int64', [1]);
  const cache = { keys: g.input('keys', 'float32', shape), values: g.input('values', 'float32', shape) };
  const steps = g.indices(
    [read],
    Array.from({ length: read }, (_, step) => step),
  );
  const places = g.gather(weight('places'), g.add(steps, position), 0);
  const ids = g.input('ids', 'int64', [batch, read]);
  const logits = logitsOf(g, weight, ids, places, (q, k, v) => {
    const step = cachedAttention(g, { q, k, v }, cache, position);
    g.output('next keys', step.cache.keys);
    g.output('next values', step.cache.values);
    return step.read;
  });
  g.output('logits', logits);
  return Session.create(encodeModel(g), { threads: 1 });
}

/** Reads the texts in pieces of these lengths, the cache going from run to run; logits (B, T, V). */
async function inPieces(pieces: readonly number[], room: number): Promise<FloatTensor> {
  const readers = new Map<number, Session>();
  for (const piece of new Set(pieces)) readers.set(piece, await cachedReader(piece, room));
  const shape = [batch, heads, room, width / heads];
  let [keys, values]: Tensor[] = [floatTensor(shape), floatTensor(shape)];
  const logits = floatTensor([batch, tokens, vocabulary]);
  let position = 0;
  for (const piece of pieces) {
    const ids = Array.from({ length: batch }, (_, text) =>
      decoder.ids.data.slice(text * tokens + position, text * tokens + position + piece),
    ).flat();
    const results = await readers.get(piece)!.run({
      ...weights,
      ids: intTensor([batch, piece], ids),
      position: intTensor([1], [position]),
      keys: keys!,
      values: values!,
    });
    [keys, values] = [results['next keys']!, results['next values']!];
    for (let text = 0; text < batch; text++) {
      const part = (results.logits!.data as Float32Array).subarray(
        text * piece * vocabulary,
        (text + 1) * piece * vocabulary,
      );
      logits.data.set(part, (text * tokens + position) * vocabulary);
    }
    position += piece;
  }
  for (const reader of readers.values()) await reader.dispose();
  return logits;
}

describe('a decoder over whole texts', () => {
  test('has the logits, the loss and every gradient that PyTorch has', async () => {
    const results = await wholePass();
    expect(relativeError(results.logits!, decoder.logits)).toBeLessThan(1e-5);
    expect(Number(results.loss!.data[0])).toBeCloseTo(decoder.loss, 5);
    for (const [name, expected] of Object.entries(decoder.gradients))
      expect(relativeError(results[`gradient of ${name}`]!, expected), name).toBeLessThan(1e-5);
  });
});

describe('reading with a cache gives the numbers of the whole pass', () => {
  test.each([
    ['token by token', [1, 1, 1, 1, 1, 1, 1], 7],
    ['in a room with space to spare', [1, 1, 1, 1, 1, 1, 1], 12],
    ['a prompt of four, then token by token', [4, 1, 1, 1], 7],
    ['in pieces of two and three', [2, 3, 2], 9],
  ] as const)('%s', async (_, pieces, room) => {
    const logits = await inPieces(pieces, room);
    const whole = (await wholePass()).logits!;
    logits.data.forEach((value, at) => {
      expect(Math.abs(value - Number(whole.data[at]))).toBeLessThan(1e-5);
    });
    expect(relativeError(logits, decoder.logits)).toBeLessThan(1e-5);
  });
  test('more tokens than the cache has room for are refused', () => {
    const g = new Graph();
    const piece = g.input('piece', 'float32', [1, 1, 4, 2]);
    const room = g.input('room', 'float32', [1, 1, 3, 2]);
    const put = (): unknown =>
      cachedAttention(
        g,
        { q: piece, k: piece, v: piece },
        { keys: room, values: room },
        g.input('position', 'int64', [1]),
      );
    expect(put).toThrow('4 tokens do not fit the room of the cache');
  });
});

test('no token reads a later one', async () => {
  const g = new Graph();
  const shape = [1, 1, 5, 2];
  const [q, k, v] = ['q', 'k', 'v'].map((name) => g.input(name, 'float32', shape)) as [Value, Value, Value];
  g.output('read', causalAttention(g, q, k, v));
  const session = await Session.create(encodeModel(g), { threads: 1 });
  const wave = (seed: number): FloatTensor =>
    floatTensor(
      shape,
      Array.from({ length: sizeOf(shape) }, (_, at) => Math.sin(seed + at)),
    );
  const feeds = { q: wave(1), k: wave(2), v: wave(3) };
  const before = (await session.run(feeds)).read!.data as Float32Array;
  const late = (tensor: FloatTensor): FloatTensor =>
    floatTensor(
      shape,
      tensor.data.map((value, at) => (at >= 6 ? value + 7 : value)),
    );
  const after = (await session.run({ q: feeds.q, k: late(feeds.k), v: late(feeds.v) })).read!.data as Float32Array;
  expect(after.slice(0, 6)).toEqual(before.slice(0, 6));
  expect(after.slice(6)).not.toEqual(before.slice(6));
  await session.dispose();
});
