import { describe, expect, it } from 'vitest';
import { aggregateByArticle } from '../../../src/evaluation/aggregate-by-article.js';

describe('aggregateByArticle', () => {
  it('puts an article where its best passage is, with its score', () => {
    const hits = [
      { articleId: 'a', score: 0.9 },
      { articleId: 'b', score: 0.8 },
      { articleId: 'a', score: 0.7 },
      { articleId: 'c', score: 0.6 },
      { articleId: 'b', score: 0.5 },
    ];
    expect(aggregateByArticle(hits)).toEqual([
      { articleId: 'a', score: 0.9 },
      { articleId: 'b', score: 0.8 },
      { articleId: 'c', score: 0.6 },
    ]);
  });

  it('keeps the order of the search among articles of the same score', () => {
    const hits = ['z', 'a', 'm'].map((articleId) => ({ articleId, score: 0.5 }));
    expect(aggregateByArticle(hits).map((hit) => hit.articleId)).toEqual(['z', 'a', 'm']);
  });

  it('does not let a passage of a deep page overtake those that a reader meets first', () => {
    const hits = [
      { articleId: 'first-page', score: 0.3 },
      { articleId: 'second-page', score: 0.4 },
    ];
    expect(aggregateByArticle(hits).map((hit) => hit.articleId)).toEqual(['first-page', 'second-page']);
  });

  it('makes nothing of nothing', () => {
    expect(aggregateByArticle([])).toEqual([]);
  });
});
