import type { RankingWeights } from '../../search/ranking-weights.js';
import { meanNdcgOfSets, type TuningSet } from './recorded-question.js';
import { WEIGHT_KNOBS, type WeightKnob } from './weight-knobs.js';

/** A change must bring more than this of mean nDCG@10, or it is noise. */
const LEAST_GAIN = 0.0001;

const MOST_ROUNDS = 3;

/** Settings that `turnKnobs` tries at most. For each knob it is also measured where that stands. */
export const MOST_TRIES = MOST_ROUNDS * WEIGHT_KNOBS.reduce((sum, { values }) => sum + values.length + 1, 0);

/**
 * Chooses weights by turning one knob after the other, round after round, until none brings more for the mean of all
 * sets' nDCG@10.
 * @param beforeTry  Awaited before each setting is tried; may throw to end the search.
 * Cost: at most MOST_TRIES rankings of each tuning question; blocks its thread while it tries one setting.
 */
export async function turnKnobs(
  sets: readonly TuningSet[],
  start: RankingWeights,
  beforeTry: () => Promise<void>,
): Promise<RankingWeights> {
  let weights = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = weights;
    for (const knob of WEIGHT_KNOBS) weights = await turn(knob, weights);
    if (weights === before) break;
  }
  return weights;

  async function turn({ mode, values, set }: WeightKnob, current: RankingWeights): Promise<RankingWeights> {
    await beforeTry();
    let best = { weights: current, mean: meanNdcgOfSets(sets, current, mode) + LEAST_GAIN };
    for (const value of values) {
      await beforeTry();
      const tried = set(current, value);
      const mean = meanNdcgOfSets(sets, tried, mode);
      if (mean > best.mean) best = { weights: tried, mean };
    }
    return best.weights;
  }
}
