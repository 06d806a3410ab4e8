/** Weight of the candidate's title beside the passage, which has 1. Measured in docs/decisions/0007. */
const TITLE_WEIGHT = 0.2;

/** What terms shared beyond the usual are worth beside a cosine. Measured in docs/decisions/0007. */
const TERMS_WEIGHT = 0.2;

/** A line: what share of their terms passages of a similarity usually have in common. */
export interface UsualShare {
  readonly at0: number;
  readonly slope: number;
}

export interface RelatedEvidence {
  /** Of the passage vectors, −1…1. */
  readonly similarity: number;
  /** Of the passage with the candidate's title; null when that has none. */
  readonly title: number | null;
  /** Of `shareTerms`, 0…1. */
  readonly share: number;
}

/**
 * How near a candidate is: the passage as a whole, a little of its article's title, and the terms that it shares beyond
 * what passages so similar share anyway. So words put passages of one language in order among themselves and do not
 * push down the other language, which cannot have them.
 * @param usual  Null when it is not known: then terms do not count.
 * @returns About −1…1
 */
export function relatedScore(
  { similarity, title, share }: RelatedEvidence,
  usual: UsualShare | null,
): number {
  const dense = title === null ? similarity : (similarity + TITLE_WEIGHT * title) / (1 + TITLE_WEIGHT);
  if (usual === null) return dense;
  return dense + TERMS_WEIGHT * (share - usual.at0 - usual.slope * similarity);
}
