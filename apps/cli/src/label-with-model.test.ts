import { expect, test } from 'vitest';
import { inOrder } from './label-with-model.ts';

async function* numbers(count: number, taken: number[] = []) {
  for (let i = 0; i < count; i++) {
    taken.push(i);
    yield i;
  }
}

test('results come in the order of the items, whichever is ready first', async () => {
  const order: number[] = [];
  const finished: number[] = [];
  const work = async (i: number): Promise<number> => {
    await new Promise((done) => setTimeout(done, (5 - (i % 5)) * 4));
    finished.push(i);
    return i * 10;
  };
  for await (const { item, result } of inOrder(numbers(12), 5, work)) {
    expect(await result).toBe(item * 10);
    order.push(item);
  }
  expect(order).toEqual(Array.from({ length: 12 }, (_, i) => i));
  expect(finished).not.toEqual(order);
});
test('no more items are taken than the window holds', async () => {
  const taken: number[] = [];
  let seen = 0;
  for await (const { result } of inOrder(numbers(30, taken), 4, async (i) => i)) {
    await result;
    seen++;
    expect(taken.length).toBeLessThanOrEqual(seen + 4);
  }
  expect(seen).toBe(30);
});
test('a failure comes in its turn, after what stands before it', async () => {
  const order: number[] = [];
  const work = async (i: number): Promise<number> => {
    if (i === 1) throw new Error('no');
    return i;
  };
  const reading = async (): Promise<void> => {
    for await (const { item, result } of inOrder(numbers(5), 3, work)) {
      await result;
      order.push(item);
    }
  };
  await expect(reading()).rejects.toThrow('no');
  expect(order).toEqual([0]);
});
