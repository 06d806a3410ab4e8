import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByArticle } from '../../../src/search/group-by-article.js';

interface Candidate {
  readonly label: number;
  readonly score: number;
  readonly article: number;
}

const group = (ranked: readonly Candidate[]) => groupByArticle(ranked, ({ article }) => article);

describe('groupByArticle', () => {
  it('folds passages under the first of their article, in the order of the first ones', () => {
    const [a, b, c, d] = [
      { label: 4, score: 0.9, article: 7 },
      { label: 2, score: 0.8, article: 3 },
      { label: 3, score: 0.7, article: 7 },
      { label: 1, score: 0.6, article: 7 },
    ] as const;
    expect(group([a, b, c, d])).toEqual([
      { best: a, count: 3, others: [c, d] },
      { best: b, count: 1, others: [] },
    ]);
  });

  it('names the three best of the others by score and counts all, also when the order is not that of scores', () => {
    const ranked = [0.9, 0.1, 0.4, 0.3, 0.4, 0.2].map((score, i) => ({ label: 10 - i, score, article: 1 }));
    const [only] = group(ranked);
    expect(only?.best).toBe(ranked[0]);
    expect(only?.count).toBe(6);
    expect(only?.others).toEqual([ranked[4], ranked[2], ranked[3]]);
  });

  it('gives no group for no candidates', () => {
    expect(group([])).toEqual([]);
  });

  it('counts every candidate once and has one group an article', () => {
    const candidate = fc.record({
      label: fc.nat(),
      score: fc.double({ min: -1, max: 1, noNaN: true }),
      article: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ label }) => label }), (ranked) => {
        const groups = group(ranked);
        const articles = groups.map(({ best }) => best.article);
        expect(articles).toEqual([...new Set(ranked.map(({ article }) => article))]);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(ranked.length);
        for (const { best, count, others } of groups) {
          expect(others).toHaveLength(Math.min(3, count - 1));
          expect(others.every(({ article, label }) => article === best.article && label !== best.label)).toBe(
            true,
          );
        }
      }),
    );
  });
});
