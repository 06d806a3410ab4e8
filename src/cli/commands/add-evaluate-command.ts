import { type Command, Option } from 'commander';
import { SEARCH_DEFAULTS, SEARCH_MODES } from '../../search/search-request.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { answerReportToJson, formatAnswerReport } from '../format-answer-report.js';
import {
  evaluationToJson,
  formatEvaluation,
  formatQuestionReport,
  questionReportToJson,
} from '../format-metrics.js';
import type { ModeReports } from '../mode-reports.js';
import { withProgress } from '../progress-reporter.js';
import {
  ALL_MODES,
  type EvaluateOptions,
  findOptionConflict,
  toMeasuringOptions,
} from '../read-evaluate-options.js';
import { EXIT_CODES } from '../report-error.js';
import { evaluationWork, questionWork } from '../work-progress.js';
import { checkEvaluationFiles, writeEvaluationFiles } from '../write-evaluation-files.js';
import { toJsonLines, writeResultFile } from '../write-result-file.js';

/** `fihrist evaluate`: how well searching finds what is known to be right. */
export function addEvaluateCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('evaluate')
    .description('Measure retrieval on a BEIR folder, or on questions about an archive.')
    .argument('[dir]', 'a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv')
    .option('--questions <file...>', 'JSON Lines of questions with the quotes that answer them')
    .option('--corpus <path>', 'with --questions: articles to ask, in an index of their own')
    .option('--answers', 'with --questions: check the answers that quote, not the ranking')
    .addOption(
      new Option('--mode <mode>', 'how to search')
        .choices([...SEARCH_MODES, ALL_MODES])
        .default(SEARCH_DEFAULTS.mode),
    )
    .option('--per-query <file>', 'write how each query went to this file, one line of JSON each')
    .option('--save-run <file>', 'write the run to this file as JSON, to compare later ones with')
    .option('--trec <file>', 'write the run to this file in the format of TREC')
    .option('--compare <run>', 'compare with a saved run of the same set, question by question')
    .option('--baseline <file>', 'exit with 1 when a measure is lower than in this file')
    .option('--write-baseline', 'write the file of --baseline instead of reading it')
    .option('--json', 'print the measures as one line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fihrist evaluate sets/xquad-ar-en --json\n' +
        '  fihrist evaluate --questions questions.jsonl --corpus articles --mode all\n' +
        '  fihrist evaluate --questions questions.jsonl --corpus articles --answers',
    );
  command.action(async (dir: string | undefined, options: EvaluateOptions) => {
    const conflict = findOptionConflict(dir, options);
    if (conflict !== null) command.error(`error: ${conflict}`);
    await checkEvaluationFiles(context.io, options);
    if (dir !== undefined) await evaluateFolder(dir, options, context);
    else if (options.answers) await evaluateAnswers(options, context);
    else await evaluateQuestions(options, context);
  });
}

async function evaluateFolder(
  folder: string,
  options: EvaluateOptions,
  context: CommandContext,
): Promise<void> {
  const { services, io } = context;
  const report = await withProgress(io.stderr, (show) =>
    services.evaluate(
      { folder, ...toMeasuringOptions(options) },
      (progress) => show(evaluationWork(progress)),
      io.interrupted,
    ),
  );
  const perQuery = report.perQuery.map(({ id, firstRelevantRank, ndcg }) => ({
    id,
    first_relevant_rank: firstRelevantRank,
    'ndcg@10': ndcg,
  }));
  await writeEvaluationFiles(io, options, { reports: report, perQuery });
  if (options.json) printJson(io, evaluationToJson(report));
  else printLines(io, formatEvaluation(report));
  exitByBaseline(report, context);
}

async function evaluateQuestions(options: EvaluateOptions, context: CommandContext): Promise<void> {
  const { services, io } = context;
  const { questions: files = [], corpus } = options;
  const report = await withProgress(io.stderr, (show) =>
    services.evaluateQuestions(
      { files, ...(corpus === undefined ? {} : { corpus }), ...toMeasuringOptions(options) },
      (progress) => show(questionWork(progress)),
      io.interrupted,
    ),
  );
  const perQuery = report.perQuestion.map(({ id, direction, firstRelevantRank, topScore }) => ({
    id,
    direction,
    first_relevant_rank: firstRelevantRank,
    top_score: topScore,
  }));
  await writeEvaluationFiles(io, options, { reports: report, perQuery });
  if (options.json) printJson(io, questionReportToJson(report));
  else printLines(io, formatQuestionReport(report));
  exitByBaseline(report, context);
}

async function evaluateAnswers(options: EvaluateOptions, { services, io }: CommandContext): Promise<void> {
  const { questions: files = [], corpus, perQuery } = options;
  const report = await withProgress(io.stderr, (show) =>
    services.evaluateAnswers(
      { files, ...(corpus === undefined ? {} : { corpus }) },
      (progress) => show(questionWork(progress)),
      io.interrupted,
    ),
  );
  if (perQuery !== undefined) {
    const lines = report.perQuestion.map(({ holdsQuote, ...rest }) => ({ ...rest, holds_quote: holdsQuote }));
    await writeResultFile(io, { option: 'per-query', path: perQuery }, toJsonLines(lines));
  }
  if (options.json) printJson(io, answerReportToJson(report));
  else printLines(io, formatAnswerReport(report));
}

function exitByBaseline({ baselineCheck }: ModeReports, { exitWith }: CommandContext): void {
  if (baselineCheck !== null && !baselineCheck.held) exitWith(EXIT_CODES.caller);
}
