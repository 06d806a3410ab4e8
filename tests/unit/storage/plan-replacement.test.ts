import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import { planReplacement } from '../../../src/storage/plan-replacement.js';

function embedded(id: string, text = id) {
  return {
    passage: {
      id: asPassageId(id),
      articleId: asArticleId('a'),
      ordinal: 0,
      text,
      language: 'en' as const,
      sentences: [{ start: 0, end: text.length }],
    },
    embedding: Float32Array.of(1),
    sentenceEmbeddings: [],
  };
}

function known(label: number, id: string, fingerprint = 'm') {
  return { label, id, text: id, fingerprint };
}

describe('planning the replacement of an article', () => {
  it('keeps, adds and removes by passage id', () => {
    const plan = planReplacement([known(9, 'c'), known(4, 'a'), known(7, 'b')], {
      passages: [embedded('b'), embedded('d')],
      fingerprint: 'm',
    });
    expect(plan.kept).toEqual([{ label: 7, embedded: embedded('b') }]);
    expect(plan.added).toEqual([embedded('d')]);
    expect(plan.removed).toEqual([4, 9]);
  });

  it('gives a new label under another fingerprint', () => {
    const plan = planReplacement([known(1, 'a', 'old')], { passages: [embedded('a')], fingerprint: 'm' });
    expect(plan).toEqual({ kept: [], added: [embedded('a')], removed: [1] });
  });

  it('gives a new label when two texts happen to share an id', () => {
    const plan = planReplacement([known(1, 'a')], { passages: [embedded('a', 'other')], fingerprint: 'm' });
    expect(plan).toEqual({ kept: [], added: [embedded('a', 'other')], removed: [1] });
  });
});
