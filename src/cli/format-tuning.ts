import { withSnakeCaseKeys } from '../text/with-snake-case-keys.js';
import { formatTable } from './format-table.js';
import { readableNumber } from './terminal-text.js';
import type { AnswerRates, TuningReport } from './tuning-report.js';

/** The figures of a tuning as tables, then what was chosen, one line of JSON each. */
export function formatTuning(report: TuningReport): string[] {
  const { weights, answer_models } = tuningToJson(report);
  return [
    ...formatTuningFigures(report),
    '',
    `weights ${JSON.stringify(weights)}`,
    `answer_models ${JSON.stringify(answer_models)}`,
  ];
}

/** How good the weights are, and how often the models are wrong on held-out questions. */
export function formatTuningFigures({ sets, answerRates }: TuningReport): string[] {
  return [
    ...formatTable([
      ['nDCG@10', 'tuning half', 'cross-validated', 'held-out half'],
      ...sets.map(({ name, tuned, crossValidated, heldOut }) => [
        name,
        ...[tuned, crossValidated, heldOut].map((mean) => mean.toFixed(4)),
      ]),
    ]),
    '',
    ...formatTable([
      ['best passage', 'answerable missed', 'passed, answer left out', 'passed, subject left out', 'cases'],
      ratesRow('in the same language', answerRates.sameLanguage),
      ratesRow('in the other language', answerRates.acrossLanguages),
    ]),
  ];
}

function ratesRow(name: string, { missed, answeredNear, answeredFar, cases }: AnswerRates): string[] {
  return [name, ...[missed, answeredNear, answeredFar].map(percent), readableNumber(cases)];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function tuningToJson({ modelFingerprint, weights, answerModels, sets, answerRates }: TuningReport) {
  return {
    model_fingerprint: modelFingerprint,
    weights: withSnakeCaseKeys<unknown>({ ...weights }),
    answer_models: withSnakeCaseKeys<unknown>({ ...answerModels }),
    sets: sets.map(({ name, tuned, crossValidated, heldOut }) => ({
      set: name,
      tuned,
      cross_validated: crossValidated,
      held_out: heldOut,
    })),
    answer_rates: withSnakeCaseKeys<unknown>({ ...answerRates }),
  };
}
