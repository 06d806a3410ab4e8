import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopMatches } from '../../../src/vector-index/top-matches.js';

describe('the best matches', () => {
  it('are the first of all, sorted by falling similarity, then rising label', () => {
    const offers = fc.uniqueArray(
      fc.record({ label: fc.nat(500), similarity: fc.integer({ min: -4, max: 4 }).map((n) => n / 4) }),
      { selector: (offer) => offer.label, maxLength: 80 },
    );
    fc.assert(
      fc.property(offers, fc.nat(30), (all, limit) => {
        const top = new TopMatches(limit);
        for (const { label, similarity } of all) top.offer(label, similarity);
        const sorted = all.toSorted((a, b) => b.similarity - a.similarity || a.label - b.label);
        expect(top.sorted()).toEqual(sorted.slice(0, limit));
      }),
    );
  });
});
