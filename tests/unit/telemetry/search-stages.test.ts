import { describe, expect, it } from 'vitest';
import { RecordedStages } from '../../../src/telemetry/search-stages.js';

describe('RecordedStages', () => {
  it('adds up each stage, in one order, and leaves out those that did not run', () => {
    const stages = new RecordedStages();
    stages.took('rank', 10, 14);
    stages.took('words', 1, 3);
    stages.took('rank', 20, 21);
    expect(Object.entries(stages.totalMs())).toEqual([
      ['words', 2],
      ['rank', 5],
    ]);
  });

  it('keeps the counts that were told', () => {
    const stages = new RecordedStages();
    expect(stages.counts).toEqual({});
    stages.found({ admitted: 9, byVector: 3, byWords: 2 });
    stages.found({ ranked: 4 });
    expect(stages.counts).toEqual({ admitted: 9, byVector: 3, byWords: 2, ranked: 4 });
  });
});
