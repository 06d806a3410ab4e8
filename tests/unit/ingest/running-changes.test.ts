import { expect, it } from 'vitest';
import { RunningChanges } from '../../../src/ingest/running-changes.js';

it('tells when nothing is being changed any more, whether it succeeded or not, also what begins meanwhile', async () => {
  const changes = new RunningChanges();
  const over: string[] = [];
  const change = (name: string, fails = false) =>
    changes.track(
      new Promise<string>((resolve, reject) =>
        setTimeout(() => {
          over.push(name);
          if (fails) reject(new Error(name));
          else resolve(name);
        }, 5),
      ),
    );
  const failing = change('one', true).catch(() => void change('two'));
  await changes.over();
  expect(over).toEqual(['one', 'two']);
  await failing;
  expect(await change('three')).toBe('three');
});
