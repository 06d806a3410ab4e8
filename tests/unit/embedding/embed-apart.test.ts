import { describe, expect, it } from 'vitest';
import { embedApart, sentenceTexts } from '../../../src/embedding/embed-apart.js';
import { cutAtStops } from './cut-at-stops.js';

describe('embedApart', () => {
  it('gives each passage its own vector and those of its sentences, out of one call', async () => {
    const calls: Array<readonly string[]> = [];
    const found = await embedApart(
      [cutAtStops('One is here. Two is there.'), cutAtStops('Alone.')],
      async (texts) => {
        calls.push(texts);
        return texts.map((text) => Float32Array.of(text.length));
      },
    );
    expect(calls).toEqual([['One is here. Two is there.', 'One is here.', 'Two is there.', 'Alone.']]);
    expect(found).toEqual([
      {
        embedding: Float32Array.of(26),
        sentenceEmbeddings: [Float32Array.of(12), Float32Array.of(13)],
      },
      { embedding: Float32Array.of(6), sentenceEmbeddings: [] },
    ]);
  });

  it('fails when the embedder gives too few', async () => {
    await expect(embedApart([cutAtStops('Alone.')], async () => [])).rejects.toThrow('too few vectors');
  });
});

describe('sentenceTexts', () => {
  it('is empty for a single sentence, which would be the same text', () => {
    expect(sentenceTexts(cutAtStops('Alone.'))).toEqual([]);
    expect(sentenceTexts(cutAtStops('من هو؟ لا أعلم.'))).toEqual(['من هو؟', 'لا أعلم.']);
  });
});
