import type { Language } from '../domain/language.js';
import type { ScorePart } from '../domain/ranked-passage.js';
import type { CandidateFeatures } from './candidate-features.js';
import type { RankingWeights } from './ranking-weights.js';
import { part, scoreParts, totalOf } from './score-candidate.js';
import type { SearchMode } from './search-request.js';

export interface RankedCandidate {
  readonly label: number;
  readonly score: number;
  /** Add up to `score`. */
  readonly parts: readonly ScorePart[];
  readonly features: CandidateFeatures;
}

/** Cosines of a passage with others, −1…1, in the order of `others`; all by label. */
export type PassageCosines = (label: number, others: readonly number[]) => ArrayLike<number>;

export interface RankingOptions {
  readonly mode: SearchMode;
  readonly queryLanguage: Language;
  readonly weights: RankingWeights;
  /** Whether these are the first candidates: only among them is the best passage known. */
  readonly isFirst: boolean;
  readonly cosines: PassageCosines;
}

/**
 * Orders candidates by all their features.
 *
 * A passage that says the same as the best one in the other language answers as well: in hybrid mode it is lifted towards
 * it, the more the nearer it is, and never above it. Passages in the leader's own language earn their words themselves.
 * @returns By falling score, ties by rising label
 */
export function rankCandidates(
  candidates: readonly CandidateFeatures[],
  { mode, queryLanguage, weights, isFirst, cosines }: RankingOptions,
): RankedCandidate[] {
  const ranked = candidates.map((features) => {
    const parts = scoreParts(features, { mode, weights, queryLanguage });
    return { label: features.label, score: totalOf(parts), parts, features };
  });
  ranked.sort(byScore);
  const { weight, from } = weights.leader;
  const [leader] = ranked;
  if (mode !== 'hybrid' || !isFirst || weight === 0 || leader === undefined) return ranked;
  const retellings = ranked.filter(({ features }) => features.language !== leader.features.language);
  const found = cosines(
    leader.label,
    retellings.map(({ label }) => label),
  );
  const closeness = new Map(retellings.map(({ label }, i) => [label, ((found[i] ?? 0) - from) / (1 - from)]));
  return ranked
    .map((candidate) => {
      const close = Math.min(1, closeness.get(candidate.label) ?? 0);
      if (close <= 0) return candidate;
      return withPart(candidate, part('leader', close * (leader.score - candidate.score), weight));
    })
    .sort(byScore);
}

function withPart(candidate: RankedCandidate, added: ScorePart): RankedCandidate {
  const parts = [...candidate.parts, added];
  return { ...candidate, parts, score: totalOf(parts) };
}

function byScore(a: RankedCandidate, b: RankedCandidate): number {
  return b.score - a.score || a.label - b.label;
}
