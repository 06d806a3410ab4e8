import { recordByName } from './record-by-name.js';

/** The ends of a 95 % confidence interval of a mean. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Default: 1,000, which places the ends to about a tenth of the interval's width. */
  readonly resamples?: number;
  /** A whole number above 0. The same seed gives the same intervals. Default: 1. */
  readonly seed?: number;
}

/**
 * How far each mean could be off if other questions of the same kind had been asked: the middle 95 % of the means
 * of resamples, drawn from the questions with replacement. For a paired comparison give the differences.
 *
 * @param columns  One measure each, all of the same questions in the same order; at least one question.
 * @returns One interval a column. All columns see the same resamples.
 * Cost: resamples × questions × columns additions; about 50 ms for 1,000 × 1,190 × 6.
 * Source: Efron & Tibshirani 1993, chapter 13 (percentile interval).
 */
export function bootstrapIntervals<Name extends string>(
  columns: Readonly<Record<Name, Float64Array>>,
  { resamples = 1_000, seed = 1 }: BootstrapOptions = {},
): Readonly<Record<Name, Interval>> {
  const names = Object.keys(columns) as Name[];
  const questions = Math.max(...names.map((name) => columns[name].length));
  const means = recordByName(names, () => new Float64Array(resamples));
  const drawn = new Uint32Array(questions);
  let state = seed;
  for (let resample = 0; resample < resamples; resample += 1) {
    for (let position = 0; position < questions; position += 1) {
      state = nextState(state);
      drawn[position] = Math.floor((state / 2 ** 32) * questions);
    }
    for (const name of names) means[name][resample] = meanOfDrawn(columns[name], drawn);
  }
  return recordByName(names, (name) => {
    const rising = means[name].sort();
    return { low: quantile(rising, 0.025), high: quantile(rising, 0.975) };
  });
}

function meanOfDrawn(values: Float64Array, drawn: Uint32Array): number {
  let sum = 0;
  for (let position = 0; position < drawn.length; position += 1) sum += values[drawn[position] ?? 0] ?? 0;
  return sum / drawn.length;
}

/** xorshift32: walks through every whole number from 1 to 2³² − 1 once. Source: Marsaglia 2003. */
function nextState(state: number): number {
  let next = state;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next >>> 0;
}

/** Between the two values that the share falls between, in proportion. */
function quantile(rising: Float64Array, share: number): number {
  const place = share * (rising.length - 1);
  const below = rising[Math.floor(place)] ?? 0;
  const above = rising[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}
