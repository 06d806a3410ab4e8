import type { Command } from 'commander';
import { type CliIo, printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import type { EvaluationReport, QuestionReport } from '../evaluation-report.js';
import {
  evaluationToJson,
  formatEvaluation,
  formatQuestionReport,
  questionReportToJson,
} from '../format-metrics.js';
import { withProgress } from '../progress-reporter.js';
import { evaluationWork, questionWork } from '../work-progress.js';
import { writeResultFile } from '../write-result-file.js';

interface EvaluateOptions {
  readonly questions?: readonly string[];
  readonly corpus?: string;
  readonly perQuery?: string;
  readonly json?: true;
}

/** `fihrist evaluate`: how well searching finds what is known to be right. */
export function addEvaluateCommand(program: Command, { services, io }: CommandContext): void {
  const command = program
    .command('evaluate')
    .description('Measure retrieval on a BEIR folder, or on questions about an archive.')
    .argument('[dir]', 'a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv')
    .option('--questions <file...>', 'JSON Lines of questions with the quotes that answer them')
    .option('--corpus <path>', 'with --questions: articles to ask, in an index of their own')
    .option('--per-query <file>', 'write how each query went to this file, one line of JSON each')
    .option('--json', 'print the measures as one line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fihrist evaluate sets/xquad-ar-en --json\n' +
        '  fihrist evaluate --questions questions.jsonl --corpus articles',
    );
  command.action(async (dir: string | undefined, options: EvaluateOptions) => {
    const { questions, corpus, perQuery } = options;
    if (dir !== undefined && questions !== undefined) {
      command.error('error: give either a folder or --questions, not both');
    }
    if (corpus !== undefined && questions === undefined) {
      command.error('error: --corpus goes with --questions only');
    }
    // Before the work, so that a file that cannot be written to does not cost the work.
    if (perQuery !== undefined) await writeResultFile(io, perQuery, []);
    if (questions !== undefined) {
      const report = await withProgress(io.stderr, (show) =>
        services.evaluateQuestions(
          { files: questions, ...(corpus === undefined ? {} : { corpus }) },
          (progress) => show(questionWork(progress)),
          io.interrupted,
        ),
      );
      await showQuestionReport(report, options, io);
      return;
    }
    if (dir === undefined) return command.error('error: give a folder, or --questions with a file');
    const report = await withProgress(io.stderr, (show) =>
      services.evaluate(dir, (progress) => show(evaluationWork(progress)), io.interrupted),
    );
    await showEvaluation(report, options, io);
  });
}

async function showEvaluation(report: EvaluationReport, options: EvaluateOptions, io: CliIo): Promise<void> {
  if (options.perQuery !== undefined) {
    const lines = report.perQuery.map(({ id, firstRelevantRank, ndcg }) => ({
      id,
      first_relevant_rank: firstRelevantRank,
      'ndcg@10': ndcg,
    }));
    await writeResultFile(io, options.perQuery, lines);
  }
  if (options.json) printJson(io, evaluationToJson(report));
  else printLines(io, formatEvaluation(report));
}

async function showQuestionReport(
  report: QuestionReport,
  options: EvaluateOptions,
  io: CliIo,
): Promise<void> {
  if (options.perQuery !== undefined) {
    const lines = report.perQuestion.map(({ id, direction, firstRelevantRank, topScore }) => ({
      id,
      direction,
      first_relevant_rank: firstRelevantRank,
      top_score: topScore,
    }));
    await writeResultFile(io, options.perQuery, lines);
  }
  if (options.json) printJson(io, questionReportToJson(report));
  else printLines(io, formatQuestionReport(report));
}
