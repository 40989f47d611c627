import { expect, test } from 'vitest';
import { answersInOrder } from './worker-threads.ts';

/** Runs as a module in each thread; `port` and `workerData` are there. */
const thread = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort as port, workerData } from 'node:worker_threads';${code}`)}`,
  );

const tasks = Array.from({ length: 40 }, (_, index) => index);

test('answers come in the order of the tasks, whichever thread is first', async () => {
  const script = thread(
    'port.on("message", (n) => setTimeout(() => port.postMessage(n * workerData), n % 3 ? 0 : 20))',
  );
  const answers: number[] = [];
  await answersInOrder<number, number>(script, 10, tasks, (answer) => answers.push(answer));
  expect(answers).toEqual(tasks.map((n) => n * 10));
});

test('an answer may be nothing, and there may be no task', async () => {
  const script = thread('port.on("message", () => port.postMessage(undefined))');
  let count = 0;
  await answersInOrder(script, undefined, tasks, () => count++);
  await answersInOrder(script, undefined, [], () => count++);
  expect(count).toBe(tasks.length);
});

test('a thread that fails, one that ends early, and a taker that fails end it all', async () => {
  const failing = thread('port.on("message", () => { throw new Error("no pack") })');
  await expect(answersInOrder(failing, undefined, tasks, () => undefined)).rejects.toThrow('no pack');
  const leaving = thread('port.on("message", (n) => n === 5 ? process.exit(3) : port.postMessage(n))');
  await expect(answersInOrder(leaving, undefined, tasks, () => undefined)).rejects.toThrow('ended early, code 3');
  const fine = thread('port.on("message", (n) => port.postMessage(n))');
  let asked = 0;
  const full = (): never => {
    asked++;
    throw new Error('no room');
  };
  await expect(answersInOrder(fine, undefined, tasks, full)).rejects.toThrow('no room');
  expect(asked).toBe(1);
});
