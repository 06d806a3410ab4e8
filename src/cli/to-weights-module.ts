import { formatTuningFigures } from './format-tuning.js';
import type { TuningReport } from './tuning-report.js';

/**
 * What was chosen as the TypeScript module that the search imports, formatted as the repository is. Without a date
 * and without the path of the sets: the same figures make the same text wherever they were measured.
 */
export function toWeightsModule(report: TuningReport): string {
  const { weights, answerModels, modelFingerprint, sets } = report;
  const names = sets.map(({ name }) => name).join(' ');
  return [
    "import type { AnswerModels } from './answerability.js';",
    "import type { RankingWeights } from './ranking-weights.js';",
    '',
    '/**',
    ...[
      `Written by \`npm run tune -- ${names}\`, not by hand. Model: ${modelFingerprint}.`,
      '',
      ...formatTuningFigures(report),
    ].map((line) => ` * ${line}`.trimEnd()),
    ' */',
    `export const TUNED_WEIGHTS: RankingWeights = ${objectLiteral(weights)};`,
    '',
    `export const TUNED_ANSWER_MODELS: AnswerModels = ${objectLiteral(answerModels)};`,
    '',
  ].join('\n');
}

/** Names without quotation marks, a comma after the last. */
function objectLiteral(value: object): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll(/([^{,])\n/g, '$1,\n');
}
