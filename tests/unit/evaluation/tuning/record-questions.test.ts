import { describe, expect, it } from 'vitest';
import type { SourceItem } from '../../../../src/corpus/article-source.js';
import type { EvaluationProgress } from '../../../../src/evaluation/evaluate-folder.js';
import { recordQuestions } from '../../../../src/evaluation/tuning/record-questions.js';
import type { RecordedCandidates } from '../../../../src/search/record-candidates.js';
import { beirFiles, linesInMemory } from '../lines-in-memory.js';

const header = 'query-id\tcorpus-id\tscore';

/** Query n stands on line n; those without a judgement are not asked. */
function files(queries: readonly number[], judged: readonly number[] = queries) {
  return beirFiles({
    corpus: [
      { _id: 'd1', title: 'One', text: 'Text one.' },
      { _id: 'd2', text: 'Text two.' },
    ],
    queries: queries.map((number) => ({ _id: `q${number}`, text: `question ${number}` })),
    qrels: [header, ...judged.map((number) => `q${number}\td1\t${number}`)],
  });
}

function candidatesOf(query: string): RecordedCandidates {
  return { queryLanguage: 'en', candidates: [], articleOf: new Map([[1, query]]), cosines: () => [] };
}

async function record(content: Record<string, string>, signal?: AbortSignal) {
  const items: SourceItem[] = [];
  const asked: string[] = [];
  const told: EvaluationProgress[] = [];
  const recording = recordQuestions(
    'set',
    {
      ingest: async (source) => {
        for await (const item of source.articles()) items.push(item);
      },
      record: async (query) => {
        expect(items).toHaveLength(2);
        asked.push(query);
        return candidatesOf(query);
      },
      ...(signal === undefined ? {} : { signal }),
      readLines: linesInMemory(content),
    },
    (progress) => told.push(progress),
  );
  const outcome = await recording.catch((error: unknown) => error);
  return { outcome, items, asked, told };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('recordQuestions', () => {
  it('takes even lines, counted from 1, for tuning and holds the odd ones out', async () => {
    const { outcome } = await record(files(numbers(11)));
    const questionsAt = (lines: readonly number[]) =>
      lines.map((line) => ({
        recorded: candidatesOf(`question ${line}`),
        judgements: new Map([['d1', line]]),
      }));
    expect(JSON.stringify(outcome)).toBe(
      JSON.stringify({
        name: 'set',
        questions: questionsAt([2, 4, 6, 8, 10]),
        heldOut: questionsAt([1, 3, 5, 7, 9, 11]),
      }),
    );
  });

  it('counts the lines of queries without a relevant document, and does not ask those', async () => {
    const judged = [1, 2, 4, 6, 7, 8, 10];
    const { asked, told, outcome } = await record(files(numbers(11), judged));
    expect(asked).toEqual(judged.map((number) => `question ${number}`));
    expect(outcome).toMatchObject({ questions: { length: 5 }, heldOut: { length: 2 } });
    expect(told.at(-1)).toMatchObject({ phase: 'asking', queriesDone: 7, queriesTotal: 7 });
  });

  it.each([
    ['even', '4', '5', [1, 2, 3, 4, 6, 8]],
    ['odd', '0', '1', [2, 4, 6, 8, 10]],
  ])(
    'refuses a set with too few questions on %s lines before it indexes',
    async (lines, has, needs, judged) => {
      const { outcome, items } = await record(files(numbers(11), judged));
      expect(outcome).toMatchObject({
        code: 'EVALUATION_FOLDER_INVALID',
        message: `set/queries.jsonl: ${has} of the queries on ${lines} lines have a relevant document; tuning needs ${needs} or more.`,
      });
      expect(items).toEqual([]);
    },
  );

  it('stops when it is told to', async () => {
    const { outcome, asked } = await record(files(numbers(11)), AbortSignal.abort());
    expect(outcome).toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual([]);
  });
});
