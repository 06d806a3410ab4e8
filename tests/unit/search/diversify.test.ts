import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diversify } from '../../../src/search/diversify.js';
import { dot, vectorOf } from './random-vectors.js';

const candidates = fc
  .array(fc.record({ score: fc.double({ min: -1, max: 1, noNaN: true }), seed: fc.nat(20) }), {
    maxLength: 15,
  })
  .map((given) => given.map(({ score, seed }) => ({ score, vector: vectorOf(seed, 4) })));
const options = fc.record({ diversity: fc.double({ min: 0, max: 1, noNaN: true }), depth: fc.nat(20) });

/** A unit vector in the plane. */
function at(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

describe('diversify', () => {
  it('gives back what it was given, in another order; the first stays first', () => {
    fc.assert(
      fc.property(candidates, options, (ranked, given) => {
        const before = [...ranked];
        const diverse = diversify(ranked, given);
        expect(ranked).toEqual(before);
        expect(diverse).toHaveLength(ranked.length);
        expect(new Set(diverse)).toEqual(new Set(ranked));
        expect(diverse[0]).toBe(ranked[0]);
      }),
    );
  });

  it('leaves the order alone at diversity 0, whatever the scores', () => {
    fc.assert(
      fc.property(candidates, fc.nat(20), (ranked, depth) => {
        expect(diversify(ranked, { diversity: 0, depth })).toEqual(ranked);
      }),
    );
  });

  it('leaves what stands beyond the depth where it was', () => {
    fc.assert(
      fc.property(candidates, options, (ranked, { diversity, depth }) => {
        expect(diversify(ranked, { diversity, depth }).slice(depth)).toEqual(ranked.slice(depth));
      }),
    );
  });

  it('takes at each step a candidate that none of the rest surpasses', () => {
    fc.assert(
      fc.property(candidates, fc.double({ min: 0.01, max: 1, noNaN: true }), (ranked, diversity) => {
        const diverse = diversify(ranked, { diversity, depth: ranked.length });
        for (let i = 1; i < diverse.length; i += 1) {
          const placed = diverse.slice(0, i);
          const worth = (one: (typeof diverse)[number]) =>
            (1 - diversity) * one.score -
            diversity * Math.max(...placed.map((other) => dot(one.vector, other.vector)));
          const best = Math.max(...diverse.slice(i).map(worth));
          expect(worth(diverse[i]!)).toBeCloseTo(best, 9);
        }
      }),
    );
  });

  it('weighs the score against the nearest hit before', () => {
    const near = { score: 0.8, vector: at(5) };
    const far = { score: 0.6, vector: at(90) };
    const first = { score: 0.9, vector: at(0) };
    expect(diversify([first, near, far], { diversity: 0.1, depth: 3 })).toEqual([first, near, far]);
    expect(diversify([first, near, far], { diversity: 0.5, depth: 3 })).toEqual([first, far, near]);
  });

  it('does not look at scores at diversity 1', () => {
    const [first, near, farther, farthest] = [
      { score: 0.9, vector: at(0) },
      { score: 0.8, vector: at(10) },
      { score: -0.5, vector: at(80) },
      { score: -0.9, vector: at(180) },
    ];
    expect(diversify([first!, near!, farther!, farthest!], { diversity: 1, depth: 4 })).toEqual([
      first,
      farthest,
      farther,
      near,
    ]);
  });

  it('keeps the order of equals', () => {
    const ranked = Array.from({ length: 6 }, () => ({ score: 0.5, vector: at(30) }));
    const diverse = diversify(ranked, { diversity: 0.7, depth: 6 });
    for (const [i, candidate] of ranked.entries()) expect(diverse[i]).toBe(candidate);
  });
});
