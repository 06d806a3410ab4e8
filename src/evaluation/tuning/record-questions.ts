import path from 'node:path';
import type { ArticleSource } from '../../corpus/article-source.js';
import type { IngestProgress } from '../../ingest/ingest-report.js';
import type { RecordedCandidates } from '../../search/record-candidates.js';
import { beirArticles } from '../beir-articles.js';
import type { EvaluationProgress } from '../evaluate-folder.js';
import { invalidEvaluationFile } from '../invalid-evaluation-file.js';
import { type BeirQuery, readBeirFolder } from '../read-beir-folder.js';
import { type ReadTextLines, readTextLines } from '../read-text-lines.js';
import type { RecordedQuestion, TuningSet } from './recorded-question.js';
import { FOLDS } from './tune-weights.js';

/** An index of its own, to be filled and asked. */
export interface RecordingIndex {
  ingest(source: ArticleSource, onProgress: (progress: IngestProgress) => void): Promise<unknown>;
  record(query: string): Promise<RecordedCandidates>;
  readonly signal?: AbortSignal;
  /** Default: from disk. */
  readonly readLines?: ReadTextLines;
}

/**
 * Indexes a folder in BEIR form and records the candidates of its questions. Those on even lines of queries.jsonl,
 * counted from 1, are the tuning half.
 * @throws EVALUATION_FOLDER_INVALID (caller) before anything is indexed; what `ingest` and `record` throw
 * Memory: 80 KB a question (150 candidates) for as long as the set is held.
 */
export async function recordQuestions(
  folder: string,
  { ingest, record, signal, readLines = readTextLines }: RecordingIndex,
  onProgress: (progress: EvaluationProgress) => void,
): Promise<TuningSet> {
  const { queries, corpusFile } = await readBeirFolder(folder, readLines);
  refuseSmallHalves(folder, queries);
  await ingest(beirArticles(corpusFile, readLines), (report) =>
    onProgress({ phase: 'indexing', ingest: report }),
  );

  const startedAt = performance.now();
  const questions: RecordedQuestion[] = [];
  const heldOut: RecordedQuestion[] = [];
  for (const [position, query] of queries.entries()) {
    signal?.throwIfAborted();
    const half = isForTuning(query) ? questions : heldOut;
    half.push({ recorded: await record(query.text), judgements: query.judgements });
    onProgress({
      phase: 'asking',
      queriesDone: position + 1,
      queriesTotal: queries.length,
      elapsedMs: performance.now() - startedAt,
    });
  }
  return { name: path.basename(path.resolve(folder)), questions, heldOut };
}

function isForTuning({ line }: BeirQuery): boolean {
  return line % 2 === 0;
}

function refuseSmallHalves(folder: string, queries: readonly BeirQuery[]): void {
  const tuning = queries.filter(isForTuning).length;
  const refuse = (lines: string, count: number, least: number) => {
    if (count >= least) return;
    throw invalidEvaluationFile({
      file: path.join(folder, 'queries.jsonl'),
      problem: `${count} of the queries on ${lines} lines have a relevant document; tuning needs ${least} or more`,
    });
  };
  refuse('even', tuning, FOLDS);
  refuse('odd', queries.length - tuning, 1);
}
