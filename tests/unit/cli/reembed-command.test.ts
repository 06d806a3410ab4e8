import { describe, expect, it } from 'vitest';
import type { CliServices, ReembedReport } from '../../../src/cli/cli-services.js';
import { runCaptured } from './run-captured.js';

const report: ReembedReport = {
  model: 'models/other',
  fingerprint: 'other@0123456789abcdef',
  edition: {
    place: 'next',
    fingerprint: 'other@0123456789abcdef',
    articles: 1_234,
    passages: 5_678,
    passagesLeft: 0,
    changedAt: '2026-01-31T08:00:00.000Z',
    sizeBytes: 12_345_678,
  },
  written: 1_240,
  removed: 3,
  textsEmbedded: 30_000,
};

function working(made = report) {
  const calls: unknown[][] = [];
  const services: Pick<CliServices, 'reembed' | 'dropEdition'> = {
    reembed: async (model, onProgress, signal) => {
      calls.push([model, signal]);
      onProgress({ phase: 'copying', bytesDone: 5e6, bytesTotal: 10e6, elapsedMs: 2_000 });
      onProgress({
        phase: 'embedding',
        articlesDone: 300,
        articlesTotal: 1_200,
        charactersDone: 300,
        charactersTotal: 1_200,
        passagesDone: 900,
        elapsedMs: 10_000,
      });
      return made;
    },
    dropEdition: async (place) => {
      calls.push([place]);
      return place === 'next';
    },
  };
  return { services, calls };
}

describe('fihrist reembed', () => {
  it('says what was made and what to do next, and shows rate and time left meanwhile', async () => {
    const { services, calls } = working();
    const { signal } = new AbortController();
    const { exitCode, stdout, stderr } = await runCaptured(['reembed', '--model', 'models/other'], services, {
      interrupted: signal,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      'Embedded: the next edition\n' +
        'model             other@0123456789abcdef\n' +
        'articles                           1,234\n' +
        'passages                           5,678\n' +
        'size                             12.3 MB\n' +
        'articles written                   1,240\n' +
        'articles removed                       3\n' +
        'texts embedded                    30,000\n' +
        '\nStart the service with FIHRIST_MODEL=models/other to serve it; what is served now stays beside it as the previous edition.\n',
    );
    expect(stderr).toBe(
      'Copying: 5/10 MB, 2.5 MB/s, 0:02 left\nEmbedding: 300/1,200 articles, 30.0 articles/s, 0:30 left\n',
    );
    expect(calls).toEqual([['models/other', signal]]);
  });

  it('prints what was done as one line of JSON', async () => {
    const { stdout } = await runCaptured(['reembed', '--json'], working().services);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual({
      model: 'models/other',
      model_fingerprint: 'other@0123456789abcdef',
      served: false,
      edition: {
        edition: 'next',
        model_fingerprint: 'other@0123456789abcdef',
        articles: 1_234,
        passages: 5_678,
        passages_left: 0,
        changed_at: '2026-01-31T08:00:00.000Z',
        size_bytes: 12_345_678,
      },
      articles_written: 1_240,
      articles_removed: 3,
      texts_embedded: 30_000,
    });
  });

  it('takes the model of the settings without --model, and says when nothing was to be done', async () => {
    const { services, calls } = working({
      ...report,
      edition: null,
      written: 0,
      removed: 0,
      textsEmbedded: 0,
    });
    const { stdout } = await runCaptured(['reembed'], services);
    expect(stdout).toBe('The archive is of this model already (other@0123456789abcdef): nothing was done.\n');
    expect(calls[0]?.[0]).toBeUndefined();
    const { stdout: json } = await runCaptured(['reembed', '--json'], services);
    expect(JSON.parse(json)).toMatchObject({ served: true, edition: null });
  });

  it('removes an edition by name, and no other', async () => {
    const { services, calls } = working();
    expect((await runCaptured(['reembed', '--drop', 'next'], services)).stdout).toBe('Removed: next\n');
    expect((await runCaptured(['reembed', '--drop', 'previous'], services)).stdout).toBe(
      'There is no previous edition.\n',
    );
    expect((await runCaptured(['reembed', '--drop', 'next', '--json'], services)).stdout).toBe(
      '{"edition":"next","dropped":true}\n',
    );
    expect(calls).toEqual([['next'], ['previous'], ['next']]);
    expect((await runCaptured(['reembed', '--drop', 'served'], services)).exitCode).toBe(2);
    expect((await runCaptured(['reembed', '--drop', 'next', '--model', 'x'], services)).exitCode).toBe(2);
    expect(calls).toHaveLength(3);
  });
});
