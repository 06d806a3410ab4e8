import { setImmediate } from 'node:timers/promises';
import type { AnswerModels } from '../../search/answerability.js';
import type { RankingWeights } from '../../search/ranking-weights.js';
import { type AnswerRates, answerRates, fitAnswerability } from './fit-answerability.js';
import { meanNdcg, type TuningSet } from './recorded-question.js';
import { MOST_TRIES, turnKnobs } from './turn-knobs.js';

/** Parts into which a tuning half is cut for cross-validation; it has at least as many questions. */
export const FOLDS = 5;

export interface TunedWeights {
  readonly weights: RankingWeights;
  /** Mean nDCG@10 of each set: on its tuning half, there by weights of the other folds, and on its held-out half. */
  readonly sets: ReadonlyArray<{
    readonly name: string;
    readonly tuned: number;
    readonly crossValidated: number;
    readonly heldOut: number;
  }>;
  readonly answerModels: AnswerModels;
  /** On the held-out halves. */
  readonly answerRates: Readonly<Record<keyof AnswerModels, AnswerRates>>;
}

export interface TuningOptions {
  /** At least 2, and not more than the tuning questions of any set. Default: FOLDS. */
  readonly folds?: number;
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: ChoosingProgress) => void;
}

/** Settings of the weights that were tried. The total falls when a search ends before its last round. */
export interface ChoosingProgress {
  readonly triesDone: number;
  readonly triesTotal: number;
  readonly elapsedMs: number;
}

/**
 * Chooses weights on the tuning halves, then fits when a question counts as answered. How well weights do on questions
 * that they were not chosen by is told twice: by cross-validation (question i is in fold i mod `folds`, and ranked by
 * weights of the others), and on the held-out halves.
 * @param sets  At least one.
 * @throws an AbortError when `signal` fires
 * Cost: 1 + `folds` searches (`turnKnobs`): with five folds at most 2,000 rankings of each tuning question, which is five
 *   minutes for a thousand of them.
 */
export async function tuneWeights(
  sets: readonly TuningSet[],
  start: RankingWeights,
  { folds = FOLDS, signal, onProgress }: TuningOptions,
): Promise<TunedWeights> {
  const choose = countedSearches(1 + folds, { signal, onProgress });
  const weights = await choose(sets, start);
  const validated = sets.map(() => 0);
  for (let fold = 0; fold < folds; fold++) {
    const ofOthers = await choose(
      sets.map((set) => questionsOf(set, (i) => i % folds !== fold)),
      start,
    );
    for (const [place, set] of sets.entries()) {
      const { questions } = questionsOf(set, (i) => i % folds === fold);
      const share = questions.length / set.questions.length;
      validated[place] = (validated[place] ?? 0) + share * meanNdcg(questions, ofOthers, 'hybrid');
    }
  }
  const answerModels = fitAnswerability(
    sets.map(({ questions }) => questions),
    weights,
  );
  return {
    weights,
    answerModels,
    answerRates: answerRates(
      sets.map(({ heldOut }) => heldOut),
      weights,
      answerModels,
    ),
    sets: sets.map(({ name, questions, heldOut }, place) => ({
      name,
      tuned: meanNdcg(questions, weights, 'hybrid'),
      crossValidated: validated[place] ?? 0,
      heldOut: meanNdcg(heldOut, weights, 'hybrid'),
    })),
  };
}

/** `turnKnobs`, for `searches` times: tells how far all of them are, and lets other work through between two tries. */
function countedSearches(
  searches: number,
  { signal, onProgress }: { signal: AbortSignal | undefined; onProgress: TuningOptions['onProgress'] },
): (sets: readonly TuningSet[], start: RankingWeights) => Promise<RankingWeights> {
  const startedAt = performance.now();
  let triesDone = 0;
  let triesTotal = searches * MOST_TRIES;
  let searchesLeft = searches;
  const tell = () => onProgress({ triesDone, triesTotal, elapsedMs: performance.now() - startedAt });
  return async (sets, start) => {
    const weights = await turnKnobs(sets, start, async () => {
      await setImmediate();
      signal?.throwIfAborted();
      triesDone += 1;
      tell();
    });
    searchesLeft -= 1;
    triesTotal = triesDone + searchesLeft * MOST_TRIES;
    tell();
    return weights;
  };
}

function questionsOf(set: TuningSet, isWanted: (position: number) => boolean): TuningSet {
  return { ...set, questions: set.questions.filter((_, i) => isWanted(i)) };
}
