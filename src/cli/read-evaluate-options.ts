import { SEARCH_MODES, type SearchMode } from '../search/search-request.js';
import type { MeasuringOptions } from './cli-services.js';

/** What `--mode` takes beside the names of modes. */
export const ALL_MODES = 'all';

/** The options of `fihrist evaluate`, as they were typed. */
export interface EvaluateOptions {
  readonly questions?: readonly string[];
  readonly corpus?: string;
  readonly answers?: true;
  readonly mode: SearchMode | typeof ALL_MODES;
  readonly perQuery?: string;
  readonly saveRun?: string;
  readonly trec?: string;
  readonly compare?: string;
  readonly baseline?: string;
  readonly writeBaseline?: true;
  readonly json?: true;
}

const OF_ONE_MODE: Readonly<Record<string, (options: EvaluateOptions) => string | undefined>> = {
  '--per-query': ({ perQuery }) => perQuery,
  '--save-run': ({ saveRun }) => saveRun,
  '--trec': ({ trec }) => trec,
  '--compare': ({ compare }) => compare,
};

/** @returns What is wrong with the options together, as the sentence of a usage error; null when they can be run. */
export function findOptionConflict(dir: string | undefined, options: EvaluateOptions): string | null {
  const { questions, corpus, mode, baseline, writeBaseline } = options;
  if (dir !== undefined && questions !== undefined) return 'give either a folder or --questions, not both';
  if (corpus !== undefined && questions === undefined) return '--corpus goes with --questions only';
  if (dir === undefined && questions === undefined) return 'give a folder, or --questions with a file';
  if (writeBaseline && baseline === undefined)
    return '--write-baseline needs --baseline with the file to write';
  if (options.answers) return findAnswersConflict(options);
  const ofOneMode = Object.entries(OF_ONE_MODE).find(([, value]) => value(options) !== undefined);
  if (mode !== ALL_MODES || ofOneMode === undefined) return null;
  return `${ofOneMode[0]} is about one mode; give --mode with one of ${SEARCH_MODES.join(', ')}`;
}

/** Answers are checked by themselves: none of the figures of a ranking are there to be kept or compared. */
function findAnswersConflict({ questions, mode, ...options }: EvaluateOptions): string | null {
  if (questions === undefined) return '--answers goes with --questions only';
  if (mode !== 'hybrid') return 'answers are searched for in mode hybrid; leave --mode out';
  const files = { '--save-run': options.saveRun, '--trec': options.trec, '--compare': options.compare };
  const named = Object.entries({ ...files, '--baseline': options.baseline }).find(([, file]) => file);
  return named === undefined ? null : `${named[0]} is about rankings; leave it out with --answers`;
}

/** A baseline that is to be written is not read. */
export function toMeasuringOptions({
  mode,
  compare,
  baseline,
  writeBaseline,
}: EvaluateOptions): MeasuringOptions {
  return {
    modes: mode === ALL_MODES ? SEARCH_MODES : [mode],
    ...(compare === undefined ? {} : { compareWith: compare }),
    ...(baseline === undefined || writeBaseline ? {} : { baseline }),
  };
}
