import type { Embedding } from '../domain/embedding.js';

export interface DiverseCandidate {
  /** Higher is better; comparable with a cosine. */
  readonly score: number;
  readonly vector: Embedding;
}

/**
 * Reorders candidates so that each is good and unlike those before it: maximal marginal relevance. The first stays;
 * after it comes, again and again, the candidate with the highest (1 − diversity) × score − diversity × (its highest
 * similarity to one that is already placed). Of equals the one that stood first comes first.
 *
 * @param ranked  The best first; vectors of one length.
 * @param options.diversity  0 (the order stays as it is) to 1 (nothing but unlikeness counts after the first).
 * @param options.depth  How many are reordered; the rest keeps its place behind them.
 * Cost: depth² ÷ 2 dot products, about 3 ms for 100 candidates of 384 dimensions; blocks its thread.
 * Source: Carbonell & Goldstein 1998, where λ is 1 − diversity.
 */
export function diversify<Candidate extends DiverseCandidate>(
  ranked: readonly Candidate[],
  { diversity, depth }: { diversity: number; depth: number },
): Candidate[] {
  const rest = ranked.slice(depth);
  // Not only faster: scores that do not fall, since blocks were ranked on their own, keep their order, too.
  if (diversity === 0) return [...ranked];
  const left = ranked.slice(0, depth).map((candidate) => ({ candidate, closest: Number.NEGATIVE_INFINITY }));
  const placed: Candidate[] = [];
  let next = left.shift();
  while (next !== undefined) {
    const { candidate } = next;
    placed.push(candidate);
    let best = Number.NEGATIVE_INFINITY;
    let bestPlace = 0;
    for (const [place, one] of left.entries()) {
      one.closest = Math.max(one.closest, dotProduct(one.candidate.vector, candidate.vector));
      const worth = (1 - diversity) * one.candidate.score - diversity * one.closest;
      if (worth > best) {
        best = worth;
        bestPlace = place;
      }
    }
    next = left.splice(bestPlace, 1)[0];
  }
  return [...placed, ...rest];
}

function dotProduct(a: Embedding, b: Embedding): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
