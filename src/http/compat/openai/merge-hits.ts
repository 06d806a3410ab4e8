import type { RankedPassage } from '../../../domain/ranked-passage.js';

/**
 * The hits of several questions as one list: each passage once, with the best of its scores.
 * @param lists  One a question, each by falling score.
 * @returns By falling score; of equal ones those of an earlier question first
 */
export function mergeHits(
  lists: ReadonlyArray<readonly RankedPassage[]>,
  limit: number,
): readonly RankedPassage[] {
  const best = new Map<string, RankedPassage>();
  for (const hit of lists.flat()) {
    const known = best.get(hit.id);
    if (known === undefined || hit.score > known.score) best.set(hit.id, hit);
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}
