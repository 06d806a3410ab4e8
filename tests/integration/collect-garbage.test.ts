import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const compiled = new URL('../../dist/memory/collect-garbage.js', import.meta.url).href;

/** A thread that collects its garbage many times, and tells when it has. */
const collecting = new URL(
  `data:text/javascript,${encodeURIComponent(`
    const { collectGarbage } = await import(${JSON.stringify(compiled)});
    for (let i = 0; i < 50; i++) collectGarbage();
  `)}`,
);

it('is collected by several threads at once', async () => {
  const threads = Array.from({ length: 4 }, () => new Worker(collecting));
  const ends = threads.map(
    (thread) =>
      new Promise((resolve, reject) => {
        thread.once('error', reject);
        thread.once('exit', resolve);
      }),
  );
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
});
