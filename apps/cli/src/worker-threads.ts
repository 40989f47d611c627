import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Hands tasks to threads that run `script`, one at a time to each, and their answers over in the order of the tasks, so
 * that a stopped run goes on where it was and nothing depends on which thread was first. At most eight threads, with at
 * least `fewestTasks` for each but the last: a thread takes seconds to prepare itself. A script answers each message
 * with one. Throws what a thread or `take` throws, and where a thread ends early.
 */
export async function answersInOrder<Task, Answer>(
  script: URL,
  workerData: unknown,
  tasks: readonly Task[],
  take: (answer: Answer) => void,
  fewestTasks = 1,
): Promise<void> {
  const waiting = new Map<number, Answer>();
  let given = 0;
  let taken = 0;
  const count = Math.min(availableParallelism(), 8, Math.ceil(tasks.length / fewestTasks));
  if (count === 0) return;
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData }));
  try {
    await new Promise<void>((finish, fail) => {
      for (const worker of workers) {
        let own = 0;
        const give = (): void => {
          if (given === tasks.length) return;
          own = given++;
          worker.postMessage(tasks[own]);
        };
        worker.on('error', fail);
        worker.on('exit', (code) => fail(new Error(`a thread ended early, code ${code}`)));
        worker.on('message', (answer: Answer) => {
          waiting.set(own, answer);
          try {
            for (; waiting.has(taken); taken++) {
              take(waiting.get(taken)!);
              waiting.delete(taken);
            }
          } catch (error) {
            // No further answer is taken: this one would be given again.
            for (const one of workers) one.removeAllListeners('message');
            fail(error);
            return;
          }
          if (taken === tasks.length) finish();
          else give();
        });
        give();
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
