// Thresholds on scored pairs, and how well they do.

/**
 * Passages that a passage is thought to be compared with. The texts that are fitted to are few; in an archive there
 * are as many times more pairs that might be taken for the same story, and none more that is.
 */
const ARCHIVE_PASSAGES = 10_000;

/** @param pairs  `{a, score, same}`; `same` undefined: the pair counts neither way. @param weight  Of a wrong pair. */
export function judge(pairs, threshold, weight = 1) {
  const found = pairs.filter(({ score }) => score >= threshold);
  const right = found.filter(({ same }) => same === true).length;
  const wrong = found.filter(({ same }) => same === false).length;
  const all = pairs.filter(({ same }) => same === true).length;
  const precision = right + wrong > 0 ? right / (right + weight * wrong) : 1;
  const recall = right / all;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall), right, wrong, all };
}

/** The threshold with the best mean F1 over the sets in an archive: the middle of the first stretch where it is best. */
export function fitThreshold(sets) {
  const weights = sets.map((pairs) => (ARCHIVE_PASSAGES * new Set(pairs.map(({ a }) => a)).size) / pairs.length);
  const steps = Array.from({ length: 361 }, (_, step) => 0.1 + step / 400);
  const quality = steps.map((step) => sets.reduce((sum, pairs, i) => sum + judge(pairs, step, weights[i]).f1, 0));
  const best = Math.max(...quality);
  const first = quality.findIndex((value) => value >= best - 1e-9);
  let last = first;
  while (quality[last + 1] >= best - 1e-9) last += 1;
  return Math.round(((steps[first] + steps[last]) / 2) * 1000) / 1000;
}
