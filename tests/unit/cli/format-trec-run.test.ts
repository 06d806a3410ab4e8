import { describe, expect, it } from 'vitest';
import { formatTrecRun } from '../../../src/cli/format-trec-run.js';
import { sampleRun } from './sample-results.js';

function linesOf(ranking: Array<[string, number]>, id = 'q0'): string[][] {
  const text = formatTrecRun({ ...sampleRun, per_question: [{ id, ranking }] });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
}

describe('formatTrecRun', () => {
  it('writes qid, Q0, docid, rank, score and tag, one line a document', () => {
    expect(formatTrecRun(sampleRun)).toBe(
      'q0 Q0 d1 1 0.9000000 fihrist-hybrid\nq0 Q0 d2 2 0.5000000 fihrist-hybrid\n',
    );
  });

  it('keeps the order for programs that order by 32-bit scores, although scores tie or rise', () => {
    for (const score of [0, 0.5, 1, 31.4, -3]) {
      const lines = linesOf([
        ['d1', score],
        ['d2', score],
        ['d3', score + 0.25],
        ['d4', score],
      ]);
      const scores = lines.map((columns) => Math.fround(Number(columns[4])));
      expect(scores).toEqual([...new Set(scores)].sort((a, b) => b - a));
      expect(scores).toHaveLength(4);
      expect(scores[3]).toBeCloseTo(score, 3);
    }
  });

  it('writes blanks in ids as %20, so that a line keeps its six columns', () => {
    const [line] = linesOf([['my articles/قناة السويس.md:0123456789', 1]], 'first question');
    expect(line).toHaveLength(6);
    expect(line?.[0]).toBe('first%20question');
    expect(line?.[2]).toBe('my%20articles/قناة%20السويس.md:0123456789');
  });

  it('writes nothing for a question that found nothing', () => {
    expect(formatTrecRun({ ...sampleRun, per_question: [{ id: 'q0', ranking: [] }] })).toBe('');
  });
});
