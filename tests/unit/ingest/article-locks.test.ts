import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { ArticleLocks } from '../../../src/ingest/article-locks.js';

const a = asArticleId('a');
const b = asArticleId('b');
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('ArticleLocks', () => {
  it('lets changes of one article through one at a time, in the order they came', async () => {
    const locks = new ArticleLocks();
    const steps: string[] = [];
    const change = (name: string) => async () => {
      steps.push(`${name} begins`);
      await soon();
      steps.push(`${name} ends`);
    };
    await Promise.all(['one', 'two', 'three'].map((name) => locks.run(a, change(name))));
    expect(steps).toEqual(['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('lets changes of different articles run side by side', async () => {
    const locks = new ArticleLocks();
    let open = () => {};
    const waiting = locks.run(a, () => new Promise<void>((resolve) => (open = resolve)));
    expect(await locks.run(b, async () => 'done')).toBe('done');
    open();
    await waiting;
  });

  it('goes on with the next change when one fails, and hands the error to its own caller', async () => {
    const locks = new ArticleLocks();
    const failing = locks.run(a, () => Promise.reject(new Error('broken')));
    const next = locks.run(a, async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBe('fine');
  });

  it('lets a change give up waiting, and nobody in before those before it are over', async () => {
    const locks = new ArticleLocks();
    const steps: string[] = [];
    let end = () => {};
    const first = locks.run(a, async () => {
      await new Promise<void>((resolve) => (end = resolve));
      steps.push('first');
    });
    const controller = new AbortController();
    const second = locks.run(a, async () => void steps.push('second'), controller.signal);
    const third = locks.run(a, async () => void steps.push('third'));
    controller.abort(new Error('too late'));
    await expect(second).rejects.toThrow('too late');
    await soon();
    expect(steps).toEqual([]);
    end();
    await Promise.all([first, third]);
    expect(steps).toEqual(['first', 'third']);
  });
});
