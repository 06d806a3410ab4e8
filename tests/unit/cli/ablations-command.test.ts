import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AblationReport, CliServices } from '../../../src/cli/cli-services.js';
import type { AblatedSet } from '../../../src/evaluation/measure-ablations.js';
import { runCaptured } from './run-captured.js';

const report: AblationReport = {
  modelFingerprint: 'fake-model:1',
  sets: [
    {
      set: 'ar-en',
      questions: 1_190,
      complete: 0.9,
      ablations: [
        { feature: 'words', 'ndcg@10': 0.85, difference: -0.05, interval: { low: -0.06, high: -0.04 } },
        { feature: 'sentence', 'ndcg@10': 0.9, difference: 0, interval: { low: 0, high: 0 } },
      ],
    },
  ],
};

const page = 'Above.\n<!-- ablations:start -->\nold\n<!-- ablations:end -->\nBelow.\n';

function measuring() {
  const measured: Array<readonly string[]> = [];
  const services: Partial<CliServices> = {
    measureAblations: async (folders, onProgress) => {
      measured.push(folders);
      onProgress({ phase: 'asking', queriesDone: 1, queriesTotal: 2, elapsedMs: 1 });
      return report;
    },
  };
  return { services, measured };
}

describe('fihrist ablations', () => {
  it('prints a table of the ranking without each feature, with the model', async () => {
    const { services, measured } = measuring();
    const { exitCode, stdout } = await runCaptured(['ablations', 'sets/ar-en'], services);
    expect(exitCode).toBe(0);
    expect(measured).toEqual([['sets/ar-en']]);
    expect(stdout.split('\n')).toEqual([
      '| ranking | ar-en, 1,190 questions |',
      '|---|---|',
      '| every feature | 0.9000 |',
      '| without words | 0.8500 (−0.0500; −0.0600 … −0.0400) |',
      '| without sentence | 0.9000 (+0.0000; +0.0000 … +0.0000) |',
      '',
      'Model `fake-model:1`: `npm run ablations -- ar-en`',
      '',
    ]);
  });

  it('writes the table with the commit between the markers of a page and leaves the rest of it', async () => {
    const argv = ['ablations', 'ar-en', '--page', 'docs/ablations.md', '--commit', 'abc123'];
    const files = { 'docs/ablations.md': page };
    const written = (await runCaptured(argv, measuring().services, { files })).files.get('docs/ablations.md');
    expect(written).toMatch(/^Above\.\n<!-- ablations:start -->\n\n\| ranking \|/);
    expect(written).toMatch(/commit `abc123`: .*\n\n<!-- ablations:end -->\nBelow\.\n$/);
    expect(written).not.toContain('old');
  });

  it.each([
    ['without markers', 'Nothing.\n'],
    ['with its markers the wrong way round', '<!-- ablations:end -->\n<!-- ablations:start -->\n'],
  ])('refuses a page %s before it measures', async (_, text) => {
    const { services, measured } = measuring();
    const argv = ['ablations', 'ar-en', '--page', 'p.md'];
    const { exitCode, stderr, files } = await runCaptured(argv, services, { files: { 'p.md': text } });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('page must be a page with the lines <!-- ablations:start -->');
    expect(measured).toEqual([]);
    expect(files.size).toBe(0);
  });

  it('prints the figures as one line of JSON', async () => {
    const { stdout } = await runCaptured(['ablations', 'ar-en', '--json'], measuring().services);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout)).toEqual({
      model_fingerprint: 'fake-model:1',
      sets: [
        {
          set: 'ar-en',
          questions: 1_190,
          'ndcg@10': 0.9,
          without: {
            words: { 'ndcg@10': 0.85, difference: -0.05, interval: [-0.06, -0.04] },
            sentence: { 'ndcg@10': 0.9, difference: 0, interval: [0, 0] },
          },
        },
      ],
    });
  });

  it('shows what is measured', () => {
    expectTypeOf<AblatedSet>().toExtend<AblationReport['sets'][number]>();
  });
});
