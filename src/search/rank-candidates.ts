import type { ScorePart } from '../domain/ranked-passage.js';
import type { CandidateFeatures } from './candidate-features.js';
import { part, type ScoringOptions, scoreOf, scoreParts } from './score-candidate.js';

export interface RankedCandidate {
  readonly label: number;
  readonly score: number;
  /** Add up to `score`. */
  readonly parts: readonly ScorePart[];
  readonly features: CandidateFeatures;
}

/** Cosines of a passage with others, −1…1, in the order of `others`; all by label. */
export type PassageCosines = (label: number, others: readonly number[]) => ArrayLike<number>;

export interface RankingOptions extends ScoringOptions {
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
  options: RankingOptions,
): RankedCandidate[] {
  const { mode, weights, isFirst, cosines } = options;
  const ranked = candidates.map(
    (features) => new ScoredCandidate(features, options, scoreOf(features, options)),
  );
  ranked.sort(byScore);
  const { weight, from } = weights.leader;
  const [leader] = ranked;
  if (mode !== 'hybrid' || !isFirst || weight === 0 || leader === undefined) return ranked;
  const retellings = ranked.filter(({ features }) => features.language !== leader.features.language);
  const found = cosines(
    leader.label,
    retellings.map(({ label }) => label),
  );
  const lifted = new Map<number, ScoredCandidate>();
  for (const [i, candidate] of retellings.entries()) {
    const close = Math.min(1, ((found[i] ?? 0) - from) / (1 - from));
    if (close <= 0) continue;
    const lift = part('leader', close * (leader.score - candidate.score), weight);
    lifted.set(candidate.label, candidate.lifted(lift));
  }
  if (lifted.size === 0) return ranked;
  return ranked.map((candidate) => lifted.get(candidate.label) ?? candidate).sort(byScore);
}

function byScore(a: RankedCandidate, b: RankedCandidate): number {
  if (a.score === b.score) return a.label - b.label;
  return a.score < b.score ? 1 : -1;
}

class ScoredCandidate implements RankedCandidate {
  readonly label: number;
  readonly score: number;
  readonly features: CandidateFeatures;
  readonly #options: ScoringOptions;
  readonly #lift: ScorePart | null;

  /** @param lift  What `score` holds beyond what `options` make of the features. */
  constructor(
    features: CandidateFeatures,
    options: ScoringOptions,
    score: number,
    lift: ScorePart | null = null,
  ) {
    this.label = features.label;
    this.score = score;
    this.features = features;
    this.#options = options;
    this.#lift = lift;
  }

  /** Computed anew each time: of hundreds of candidates a few are explained. */
  get parts(): ScorePart[] {
    const parts = scoreParts(this.features, this.#options);
    return this.#lift === null ? parts : [...parts, this.#lift];
  }

  lifted(lift: ScorePart): ScoredCandidate {
    return new ScoredCandidate(this.features, this.#options, this.score + lift.share, lift);
  }
}
