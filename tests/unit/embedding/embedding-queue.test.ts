import { describe, expect, it } from 'vitest';
import { EmbeddingQueue } from '../../../src/embedding/embedding-queue.js';

/** A queue over a slow embedder that writes down what it embeds, in order. */
function recordingQueue(onText: (text: string) => void = () => {}) {
  const embedded: string[] = [];
  const queue = new EmbeddingQueue(async (text: string) => {
    embedded.push(text);
    onText(text);
    await new Promise(setImmediate);
    if (text === 'broken') throw new Error('cannot embed this');
    return Float32Array.of(text.length);
  });
  return { queue, embedded };
}

describe('EmbeddingQueue', () => {
  it('gives one vector a text, in the order of the texts', async () => {
    const { queue } = recordingQueue();
    const vectors = await queue.run({ id: 1, role: 'passage', texts: ['a', 'bbb', 'cc'] });
    expect(vectors.map((vector) => vector[0])).toEqual([1, 3, 2]);
  });

  it('lets a query overtake a long list of passages after the text that is under way', async () => {
    let query: Promise<unknown> = Promise.resolve();
    const { queue, embedded } = recordingQueue((text) => {
      if (text === 'p2') query = queue.run({ id: 2, role: 'query', texts: ['question'] });
    });
    await queue.run({ id: 1, role: 'passage', texts: ['p1', 'p2', 'p3', 'p4'] });
    await query;
    expect(embedded).toEqual(['p1', 'p2', 'question', 'p3', 'p4']);
  });

  it('embeds lists of passages one text of each in turn, so that a short one is not behind a long one', async () => {
    const { queue, embedded } = recordingQueue();
    const long = queue.run({ id: 1, role: 'passage', texts: ['a1', 'a2', 'a3', 'a4'] });
    const short = queue.run({ id: 2, role: 'passage', texts: ['b1', 'b2'] });
    await Promise.all([long, short]);
    expect(embedded).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('answers queries whole, in the order they came', async () => {
    const { queue, embedded } = recordingQueue();
    const texts = [
      ['q1', 'q2'],
      ['r1', 'r2'],
    ];
    await Promise.all(texts.map((some, id) => queue.run({ id, role: 'query', texts: some })));
    expect(embedded).toEqual(['q1', 'q2', 'r1', 'r2']);
  });

  it('does not take up again what was cancelled while one of its texts was embedded', async () => {
    const { queue, embedded } = recordingQueue((text) => {
      if (text === 'a2') queue.cancel(1, new Error('cancelled'));
    });
    const cancelled = queue.run({ id: 1, role: 'passage', texts: ['a1', 'a2', 'a3'] });
    const other = queue.run({ id: 2, role: 'passage', texts: ['b1', 'b2', 'b3'] });
    await expect(cancelled).rejects.toThrow('cancelled');
    await expect(other).resolves.toHaveLength(3);
    expect(embedded).toEqual(['a1', 'b1', 'a2', 'b2', 'b3']);
  });

  it('fails the job whose text cannot be embedded and goes on with the next', async () => {
    const { queue, embedded } = recordingQueue();
    const failing = queue.run({ id: 1, role: 'passage', texts: ['broken', 'never'] });
    const next = queue.run({ id: 2, role: 'passage', texts: ['fine'] });
    await expect(failing).rejects.toThrow('cannot embed this');
    await expect(next).resolves.toHaveLength(1);
    expect(embedded).toEqual(['broken', 'fine']);
  });

  it('drops what is left of a cancelled job', async () => {
    const { queue, embedded } = recordingQueue((text) => {
      if (text === 'p1') queue.cancel(1, new Error('cancelled'));
    });
    await expect(queue.run({ id: 1, role: 'passage', texts: ['p1', 'p2'] })).rejects.toThrow('cancelled');
    await expect(queue.run({ id: 2, role: 'query', texts: ['q'] })).resolves.toHaveLength(1);
    expect(embedded).toEqual(['p1', 'q']);
  });

  it('answers an empty list at once', async () => {
    await expect(recordingQueue().queue.run({ id: 1, role: 'query', texts: [] })).resolves.toEqual([]);
  });
});
