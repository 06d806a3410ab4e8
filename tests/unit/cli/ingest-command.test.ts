import { describe, expect, it } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import type { IngestReport } from '../../../src/ingest/ingest-report.js';
import { archiveWith, runCaptured } from './run-captured.js';
import { ingestProgress, lineProblem, sampleIngestReport } from './sample-results.js';

const nothing: IngestReport = {
  added: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  problems: [],
  passagesEmbedded: 0,
  textsEmbedded: 0,
  tookMs: 1,
};

function ingesting(outcomes: Readonly<Record<string, IngestReport | FihristError>>) {
  const events: string[] = [];
  const services = {
    openArchive: async (access: string) => {
      events.push(`open to ${access}`);
      return archiveWith({
        ingest: async (path, onProgress) => {
          events.push(path);
          onProgress(ingestProgress({ articlesDone: 20, charactersDone: 250, elapsedMs: 4_000 }));
          const outcome = outcomes[path];
          if (outcome === undefined || outcome instanceof FihristError) throw outcome;
          return outcome;
        },
        close: async () => {
          events.push('close');
        },
      });
    },
  };
  return { services, events };
}

const missing = new FihristError('CORPUS_NOT_FOUND', 'There is no folder gone.', {
  details: { file: 'gone' },
});

describe('fihrist ingest', () => {
  it('sums up what went in as a table', async () => {
    const { exitCode, stdout } = await runCaptured(
      ['ingest', 'a'],
      ingesting({ a: sampleIngestReport }).services,
    );
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'added              2',
      'updated            1',
      'unchanged          3',
      'removed            4',
      'passages          20',
      'texts embedded    50',
      'seconds          2.5',
      'texts/s         20.0',
    ]);
  });

  it('takes several paths one after the other and adds them up', async () => {
    const { services, events } = ingesting({ a: sampleIngestReport, b: sampleIngestReport });
    const { stdout } = await runCaptured(['ingest', 'a', 'b', '--json'], services);
    expect(events).toEqual(['open to write', 'a', 'b', 'close']);
    expect(JSON.parse(stdout)).toEqual({
      added: 4,
      updated: 2,
      unchanged: 6,
      removed: 8,
      passages_embedded: 40,
      texts_embedded: 100,
      took_ms: 5_000,
      texts_per_second: 20,
      problems: [],
    });
  });

  it('lists problems with file, line and code, and still exits with 0 when articles went in', async () => {
    const report = { ...sampleIngestReport, problems: [lineProblem] };
    const { exitCode, stdout } = await runCaptured(['ingest', 'a'], ingesting({ a: report }).services);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 problem:\n');
    expect(stdout).toContain('articles/news.jsonl:12: ARTICLE_LINE_INVALID: The line is not valid JSON.');
  });

  it('gives problems to programs with details in snake_case', async () => {
    const report = { ...sampleIngestReport, problems: [lineProblem] };
    const { stdout } = await runCaptured(['ingest', 'a', '--json'], ingesting({ a: report }).services);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [
        {
          code: 'ARTICLE_LINE_INVALID',
          message: 'The line is not valid JSON.',
          details: { file: 'articles/news.jsonl', line: 12, max_bytes: 5 },
        },
      ],
    });
  });

  it('exits with 1 when everything failed', async () => {
    const report = { ...nothing, problems: [lineProblem] };
    const { exitCode } = await runCaptured(['ingest', 'a'], ingesting({ a: report }).services);
    expect(exitCode).toBe(1);
  });

  it('exits with 0 when there was nothing to do', async () => {
    const { exitCode } = await runCaptured(['ingest', 'a'], ingesting({ a: nothing }).services);
    expect(exitCode).toBe(0);
  });

  it('fails on a single path that does not exist', async () => {
    const { services, events } = ingesting({ gone: missing });
    const { exitCode, stderr } = await runCaptured(['ingest', 'gone'], services);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('(CORPUS_NOT_FOUND)');
    expect(events.at(-1)).toBe('close');
  });

  it('goes on to the other paths when one of several does not exist', async () => {
    const { services } = ingesting({ gone: missing, a: sampleIngestReport });
    const { exitCode, stdout } = await runCaptured(['ingest', 'gone', 'a'], services);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('gone: CORPUS_NOT_FOUND');
  });

  it('stops at once at what is not about one path', async () => {
    const { services, events } = ingesting({
      a: new FihristError('DISK_FULL', 'Full.'),
      b: sampleIngestReport,
    });
    const { exitCode } = await runCaptured(['ingest', 'a', 'b'], services);
    expect(exitCode).toBe(3);
    expect(events).not.toContain('b');
  });

  it('tells progress on standard error only', async () => {
    const run = await runCaptured(['ingest', 'a', '--json'], ingesting({ a: sampleIngestReport }).services);
    expect(run.stderr).toBe('Indexing: 20/100 articles, 5.0 articles/s, 0:12 left\n');
    expect(run.stdout.split('\n')).toHaveLength(2);
  });
});
