import { describe, expect, it } from 'vitest';
import type { EvaluationProgress } from '../../../src/evaluation/evaluate-folder.js';
import { type AblatedSearch, measureAblations } from '../../../src/evaluation/measure-ablations.js';
import { beirFiles, linesInMemory } from './lines-in-memory.js';

const fourQueries = beirFiles({
  corpus: [
    { _id: 'd1', text: 'One.' },
    { _id: 'd2', text: 'Two.' },
  ],
  queries: [1, 2, 3, 4].map((number) => ({ _id: `q${number}`, text: `${number}?` })),
  qrels: ['query-id\tcorpus-id\tscore', ...[1, 2, 3, 4].map((number) => `q${number}\td1\t1`)],
});

/** A ranking that puts d1 first, unless it has to do without words and the question is an even one. */
function rankingOf({ query, without }: AblatedSearch) {
  const isWorse = without === 'words' && Number.parseInt(query, 10) % 2 === 0;
  return (isWorse ? ['d2', 'd1'] : ['d1', 'd2']).map((articleId, position) => ({
    articleId,
    score: 1 - position / 2,
  }));
}

async function measure(features: readonly string[]) {
  const asked: AblatedSearch[] = [];
  const told: EvaluationProgress[] = [];
  let timesIndexed = 0;
  const ablated = await measureAblations(
    'sets/set',
    {
      features,
      ingest: async () => {
        timesIndexed += 1;
        return {
          added: 2,
          updated: 0,
          unchanged: 0,
          removed: 0,
          problems: [],
          passagesEmbedded: 2,
          textsEmbedded: 2,
          tookMs: 1,
        };
      },
      search: async (search) => {
        asked.push(search);
        return rankingOf(search);
      },
      readLines: linesInMemory(
        Object.fromEntries(Object.entries(fourQueries).map(([file, text]) => [`sets/${file}`, text])),
      ),
    },
    (progress) => told.push(progress),
  );
  return { ablated, asked, told, timesIndexed };
}

describe('measureAblations', () => {
  it('asks every query with the whole ranking and then without each feature, on one index', async () => {
    const { asked, timesIndexed, told } = await measure(['words', 'sentences']);
    expect(timesIndexed).toBe(1);
    expect(asked.map(({ without }) => without)).toEqual([
      ...Array(4).fill(null),
      ...Array(4).fill('words'),
      ...Array(4).fill('sentences'),
    ]);
    expect(told.at(-1)).toMatchObject({ phase: 'asking', queriesDone: 12, queriesTotal: 12 });
  });

  it('tells what is lost without a feature, with the interval of the paired difference', async () => {
    const { ablated } = await measure(['words', 'sentences']);
    expect(ablated).toMatchObject({ set: 'set', questions: 4, complete: 1 });
    const [words, sentences] = ablated.ablations;
    const second = 1 / Math.log2(3);
    expect(words?.['ndcg@10']).toBeCloseTo((2 + 2 * second) / 4, 12);
    expect(words?.difference).toBeCloseTo((second - 1) / 2, 12);
    expect(words?.interval.low).toBeLessThan(words?.difference ?? 0);
    expect(words?.interval.high).toBeLessThanOrEqual(0);
    expect(sentences).toEqual({
      feature: 'sentences',
      'ndcg@10': 1,
      difference: 0,
      interval: { low: 0, high: 0 },
    });
  });

  it('of a ranking without named features gives the whole ranking alone', async () => {
    const { ablated } = await measure([]);
    expect(ablated).toEqual({ set: 'set', questions: 4, complete: 1, ablations: [] });
  });
});
