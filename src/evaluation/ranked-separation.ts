/**
 * How well a score tells two groups apart: the probability that one of `higher` is above one of `lower`, a tie
 * counting half (the area under the ROC curve). 0.5 is chance, 1 is a clean cut.
 *
 * @returns Null when a group is empty.
 * Cost: the product of the group sizes. Source: Mann & Whitney 1947.
 */
export function rankedSeparation(higher: readonly number[], lower: readonly number[]): number | null {
  if (higher.length === 0 || lower.length === 0) return null;
  let won = 0;
  for (const above of higher) {
    for (const below of lower) won += above > below ? 1 : above === below ? 0.5 : 0;
  }
  return won / (higher.length * lower.length);
}

/** The middle value, or the mean of the two in the middle; null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
