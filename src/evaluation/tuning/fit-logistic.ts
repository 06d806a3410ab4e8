/** A case: its features, and whether it is one of those that are looked for. */
export interface LogisticCase {
  readonly features: readonly number[];
  readonly isPositive: boolean;
}

export interface LogisticFit {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** Standardised, with its part of all that counts. */
interface WeightedCase extends LogisticCase {
  readonly share: number;
}

const STEPS = 3_000;
const LEARNING_RATE = 0.5;
/** Holds weights down where features say the same. */
const RIDGE = 1e-3;
/** Below this a feature is the same in all cases, and what differs is rounding. */
const LEAST_DEVIATION = 1e-9;

/**
 * Fits a logistic model by gradient descent on standardised features; both kinds of cases count half, however many
 * there are of each. Without cases of both kinds it is the constant one half.
 *
 * @param cases  With as many features each, about −1…1; one that is the same in all of them counts nothing.
 * Cost: STEPS × cases × features; half a second for a thousand cases of six. Blocks its thread.
 */
export function fitLogistic(cases: readonly LogisticCase[]): LogisticFit {
  const width = cases[0]?.features.length ?? 0;
  const positives = cases.filter(({ isPositive }) => isPositive).length;
  if (positives === 0 || positives === cases.length) {
    return { intercept: 0, weights: Array.from({ length: width }, () => 0) };
  }
  const { means, deviations } = spread(cases, width);
  const standardised = cases.map(({ features, isPositive }) => ({
    features: features.map((x, i) => (x - at(means, i)) / at(deviations, i)),
    isPositive,
    share: 0.5 / (isPositive ? positives : cases.length - positives),
  }));
  const { intercept, weights } = descend(standardised, width);
  const scaled = Array.from(weights, (weight, i) => weight / at(deviations, i));
  const shift = scaled.reduce((sum, weight, i) => sum + weight * at(means, i), 0);
  return { intercept: intercept - shift, weights: scaled };
}

function descend(cases: readonly WeightedCase[], width: number) {
  const weights = new Float64Array(width);
  let intercept = 0;
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(width);
    let ofIntercept = 0;
    for (const { features, isPositive, share } of cases) {
      const sum = features.reduce((total, x, i) => total + x * at(weights, i), intercept);
      const error = (1 / (1 + Math.exp(-sum)) - (isPositive ? 1 : 0)) * share;
      ofIntercept += error;
      for (const [i, x] of features.entries()) gradient[i] = at(gradient, i) + error * x;
    }
    intercept -= LEARNING_RATE * ofIntercept;
    for (let i = 0; i < width; i++) {
      weights[i] = at(weights, i) - LEARNING_RATE * (at(gradient, i) + RIDGE * at(weights, i));
    }
  }
  return { intercept, weights };
}

function spread(cases: readonly LogisticCase[], width: number) {
  const means = new Float64Array(width);
  const deviations = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    const values = cases.map(({ features }) => features[i] ?? 0);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    means[i] = mean;
    const deviation = Math.sqrt(variance);
    deviations[i] = deviation < LEAST_DEVIATION ? 1 : deviation;
  }
  return { means, deviations };
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? 0;
}
