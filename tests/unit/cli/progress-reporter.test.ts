import { describe, expect, it } from 'vitest';
import { createProgressReporter, withProgress } from '../../../src/cli/progress-reporter.js';
import { describeProgress, ingestWork } from '../../../src/cli/work-progress.js';
import { capturedIo } from './run-captured.js';
import { ingestProgress } from './sample-results.js';

const work = (changes: Parameters<typeof ingestProgress>[0]) => ingestWork(ingestProgress(changes));

describe('describeProgress', () => {
  it('tells count, rate and time left by the characters that are done', () => {
    const progress = work({ articlesDone: 50, charactersDone: 250, elapsedMs: 100_000 });
    expect(describeProgress(progress)).toBe('50/100 articles, 0.5 articles/s, 5:00 left');
  });

  it('tells long times in hours', () => {
    const progress = work({ articlesDone: 1, charactersDone: 1, elapsedMs: 4_000 });
    expect(describeProgress(progress)).toContain('1:06:36 left');
  });

  it('guesses no rate in the first second', () => {
    expect(describeProgress(work({ articlesDone: 1, charactersDone: 1, elapsedMs: 999 }))).toBe(
      '1/100 articles',
    );
  });

  it('counts what was read while the total is unknown', () => {
    expect(describeProgress(work({ phase: 'reading', articlesTotal: 1_200 }))).toBe('1,200 articles');
  });

  it('takes no characters to do for done', () => {
    expect(work({ articlesTotal: 0, charactersTotal: 0 }).share).toBe(1);
  });
});

describe('a progress reporter', () => {
  it('writes a plain line a phase, and one every five seconds, where there is no terminal', () => {
    const { io, outputs } = capturedIo();
    const reporter = createProgressReporter(io.stderr);
    reporter.report(work({ phase: 'reading', articlesTotal: 100 }));
    for (let second = 0; second <= 11; second++) {
      reporter.report(work({ articlesDone: second, charactersDone: second, elapsedMs: second * 1_000 }));
    }
    reporter.report(
      work({ phase: 'publishing', articlesDone: 100, charactersDone: 1_000, elapsedMs: 12_000 }),
    );
    reporter.stop();
    expect(outputs.stderr.text.split('\n').map((line) => line.split(',')[0])).toEqual([
      'Reading: 100 articles',
      'Indexing: 0/100 articles',
      'Indexing: 5/100 articles',
      'Indexing: 10/100 articles',
      'Publishing: 100/100 articles',
      '',
    ]);
  });

  it('clears its bar away when the work is done, and may be stopped twice', () => {
    const { io, outputs } = capturedIo({ isTTY: true, columns: 100 });
    const reporter = createProgressReporter(io.stderr);
    reporter.report(work({ articlesDone: 50, charactersDone: 500 }));
    expect(outputs.stderr.text).toContain('50%');
    reporter.stop();
    reporter.stop();
    expect(outputs.stderr.text.lastIndexOf('\u001b[2K')).toBeGreaterThan(
      outputs.stderr.text.lastIndexOf('50%'),
    );
  });

  it('writes nothing when there was no work', () => {
    const { io, outputs } = capturedIo({ isTTY: true });
    createProgressReporter(io.stderr).stop();
    expect(outputs.stderr.text).toBe('');
  });

  it('is stopped when the work fails', async () => {
    const { io, outputs } = capturedIo({ isTTY: true });
    const failing = withProgress(io.stderr, async (show) => {
      show(work({ articlesDone: 1, charactersDone: 10 }));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { text } = outputs.stderr;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(outputs.stderr.text).toBe(text);
  });
});
