import { existsSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CliServices } from '../../../src/cli/cli-services.js';
import type { TuningProgress, TuningReport } from '../../../src/cli/tuning-report.js';
import type { EvaluationProgress } from '../../../src/evaluation/evaluate-folder.js';
import type { ChoosingProgress, TunedWeights } from '../../../src/evaluation/tuning/tune-weights.js';
import { TUNED_ANSWER_MODELS, TUNED_WEIGHTS } from '../../../src/search/tuned-weights.js';
import { runCaptured } from './run-captured.js';

const report: TuningReport = {
  modelFingerprint: 'fake-model@1',
  weights: { ...TUNED_WEIGHTS, words: 0.35, expectedWords: { intercept: -0.1, slope: 1e-7 } },
  answerModels: TUNED_ANSWER_MODELS,
  sets: [
    { name: 'xquad-ar', tuned: 0.97, crossValidated: 0.96, heldOut: 0.955 },
    { name: 'xquad-mixed', tuned: 0.92, crossValidated: 0.9199, heldOut: 0.91 },
  ],
  answerRates: {
    sameLanguage: { missed: 0.05, answeredNear: 0.1234, answeredFar: 0.02, cases: 1_190 },
    acrossLanguages: { missed: 0.048, answeredNear: 0.3, answeredFar: 0.2, cases: 595 },
  },
};

const figures = [
  'nDCG@10      tuning half  cross-validated  held-out half',
  'xquad-ar          0.9700           0.9600         0.9550',
  'xquad-mixed       0.9200           0.9199         0.9100',
  '',
  'best passage           answerable missed  passed, answer left out  passed, subject left out  cases',
  'in the same language               5.0 %                   12.3 %                     2.0 %  1,190',
  'in the other language              4.8 %                   30.0 %                    20.0 %    595',
];

function tuning() {
  const tuned: Array<readonly string[]> = [];
  const services: Partial<CliServices> = {
    tuneWeights: async (folders, onProgress) => {
      tuned.push(folders);
      onProgress({ phase: 'asking', queriesDone: 1, queriesTotal: 2, elapsedMs: 1 });
      onProgress({ phase: 'choosing', triesDone: 120, triesTotal: 2_400, elapsedMs: 10_000 });
      return report;
    },
  };
  return { services, tuned };
}

/** What the module exports. */
function loaded(source: string): unknown {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, verbatimModuleSyntax: false, strict: true };
  const { outputText, diagnostics } = ts.transpileModule(source, {
    compilerOptions,
    reportDiagnostics: true,
  });
  expect(diagnostics).toEqual([]);
  const exports = {};
  runInNewContext(outputText, { exports });
  return exports;
}

describe('fihrist tune', () => {
  it('prints the figures, then what was chosen, and shows how far it is', async () => {
    const { services, tuned } = tuning();
    const { exitCode, stdout, stderr } = await runCaptured(['tune', 'sets/xquad-ar', 'sets/m'], services);
    expect(exitCode).toBe(0);
    expect(tuned).toEqual([['sets/xquad-ar', 'sets/m']]);
    const lines = stdout.split('\n');
    expect(lines.slice(0, figures.length)).toEqual(figures);
    expect(lines[figures.length + 1]).toMatch(/^weights \{"sentence":.*"words":0\.35,/);
    expect(lines[figures.length + 2]).toMatch(/^answer_models \{"same_language":/);
    expect(stderr).toBe('Asking: 1/2 queries\nChoosing: 120/2,400 settings, 12.0 settings/s, 3:10 left\n');
  });

  it('writes a TypeScript module that has exactly the chosen values', async () => {
    const argv = ['tune', 'sets/xquad-ar', '--out', 'src/search/tuned-weights.ts'];
    const { files } = await runCaptured(argv, tuning().services);
    const module = files.get('src/search/tuned-weights.ts') ?? '';
    expect(loaded(module)).toEqual({
      TUNED_WEIGHTS: report.weights,
      TUNED_ANSWER_MODELS: report.answerModels,
    });
    const imports = [...module.matchAll(/^import type \{ (\w+) \} from '\.\/([\w-]+)\.js';$/gm)];
    expect(imports.map(([, name]) => name)).toEqual(['AnswerModels', 'RankingWeights']);
    for (const [, , file] of imports) expect(existsSync(`src/search/${file}.ts`)).toBe(true);
  });

  it('tells in the module by which sets, for which model and how well', async () => {
    const { files } = await runCaptured(['tune', 'sets/xquad-ar', '--out', 'w.ts'], tuning().services);
    const comment = /\/\*\*\n([\s\S]*?) \*\//.exec(files.get('w.ts') ?? '')?.[1];
    expect(comment?.split('\n').map((line) => line.replace(/^ \* ?/, ''))).toEqual([
      'Written by `npm run tune -- xquad-ar xquad-mixed`, not by hand. Model: fake-model@1.',
      '',
      ...figures,
      '',
    ]);
  });

  it('refuses a file that cannot be written to before any work', async () => {
    const { services, tuned } = tuning();
    const beforeWrite = () => {
      throw new Error('EACCES: permission denied');
    };
    const run = await runCaptured(['tune', 'set', '--out', '/no/w.ts'], services, { beforeWrite });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('out must be a file that can be written to: EACCES');
    expect(tuned).toEqual([]);
    expect(run.files.size).toBe(0);
  });

  it('prints weights and figures as one line of JSON', async () => {
    const { stdout } = await runCaptured(['tune', 'set', '--json'], tuning().services);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    const { sentence, title, words, grams, phrases, translated, leader } = report.weights;
    expect(JSON.parse(stdout)).toEqual({
      model_fingerprint: 'fake-model@1',
      weights: {
        sentence,
        title,
        words,
        grams,
        phrases,
        translated,
        leader,
        expected_words: report.weights.expectedWords,
        keyword_grams: report.weights.keywordGrams,
      },
      answer_models: {
        same_language: report.answerModels.sameLanguage,
        across_languages: report.answerModels.acrossLanguages,
      },
      sets: [
        { set: 'xquad-ar', tuned: 0.97, cross_validated: 0.96, held_out: 0.955 },
        { set: 'xquad-mixed', tuned: 0.92, cross_validated: 0.9199, held_out: 0.91 },
      ],
      answer_rates: {
        same_language: { missed: 0.05, answeredNear: 0.1234, answeredFar: 0.02, cases: 1_190 },
        across_languages: { missed: 0.048, answeredNear: 0.3, answeredFar: 0.2, cases: 595 },
      },
    });
  });

  it('shows what is tuned', () => {
    expectTypeOf<TunedWeights & { modelFingerprint: string }>().toExtend<TuningReport>();
    expectTypeOf<
      EvaluationProgress | (ChoosingProgress & { phase: 'choosing' })
    >().toExtend<TuningProgress>();
  });
});
