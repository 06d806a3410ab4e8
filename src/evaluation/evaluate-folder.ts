import path from 'node:path';
import type { ArticleSource } from '../corpus/article-source.js';
import type { IngestProblem, IngestProgress, IngestReport } from '../ingest/ingest-report.js';
import type { SearchMode } from '../search/search-request.js';
import type { ScoredHit } from './aggregate-by-article.js';
import { askBeirQueries, type MeasuredQuery } from './ask-beir-queries.js';
import { beirArticles } from './beir-articles.js';
import { type References, refuseOtherSet } from './evaluation-references.js';
import type { Provenance } from './evaluation-run.js';
import { METRIC_NAMES, type MetricName, type RankingMetrics } from './ranking-metrics.js';
import { readBeirFolder } from './read-beir-folder.js';
import { type ReadTextLines, readTextLines } from './read-text-lines.js';
import { type ModeReports, reportModes } from './report-modes.js';
import { meansByName } from './summarise-measures.js';

/** Passages asked for a query: deep enough that a hundred documents are among them. */
export const PASSAGE_DEPTH = 300;

/** A search as an evaluation asks it; `depth` may be more than a single search of the front doors gives. */
export interface EvaluationSearch {
  readonly query: string;
  /** Passages wanted. */
  readonly depth: number;
  readonly mode: SearchMode;
}

/** What an evaluation measures: the ordinary way in and the ordinary way out, on an index of its own. */
export interface EvaluationDependencies {
  ingest(source: ArticleSource, onProgress: (progress: IngestProgress) => void): Promise<IngestReport>;
  /** Passages, best first. */
  search(search: EvaluationSearch): Promise<readonly ScoredHit[]>;
  readonly provenance: Provenance;
  readonly signal?: AbortSignal;
  /** Default: from disk. */
  readonly readLines?: ReadTextLines;
}

export interface FolderEvaluation {
  /** In BEIR form. Its name is the name of the set. */
  readonly folder: string;
  /** At least one; the corpus is indexed once for all. */
  readonly modes: readonly SearchMode[];
  readonly references: References;
}

export type EvaluationProgress =
  | { readonly phase: 'indexing'; readonly ingest: IngestProgress }
  | {
      readonly phase: 'asking';
      readonly queriesDone: number;
      readonly queriesTotal: number;
      readonly elapsedMs: number;
    };

/** How one query went, for diagnosis. */
export interface QueryOutcome {
  readonly id: string;
  /** From 1; null when no relevant document was among those found. */
  readonly firstRelevantRank: number | null;
  readonly ndcg: number;
}

export type HalfMetrics = RankingMetrics & { readonly queries: number };

/**
 * Means over all queries that have a relevant document, and over the two halves of the query file. What is not told
 * by mode is of the first mode.
 */
export interface EvaluationReport extends RankingMetrics, ModeReports<MetricName> {
  readonly queries: number;
  /** Documents of the corpus file, whether indexed or not. */
  readonly documents: number;
  readonly passages: number;
  /** Even lines of queries.jsonl, counted from 1: what settings may be chosen on. Null when it has no query. */
  readonly tuningHalf: HalfMetrics | null;
  /** Odd lines: what a choice is judged by. Null when it has no query. */
  readonly heldOutHalf: HalfMetrics | null;
  readonly queriesWithoutRelevant: number;
  readonly relevantNotInCorpus: number;
  /** Documents that could not be indexed; they count as not found. */
  readonly problems: readonly IngestProblem[];
  readonly perQuery: readonly QueryOutcome[];
}

/**
 * Measures retrieval on a folder in BEIR form: indexes its corpus, asks every query in every mode, compares with its
 * judgements.
 *
 * @throws EVALUATION_FOLDER_INVALID, EVALUATION_RUN_INVALID (caller) before anything is indexed; what `ingest` and
 *   `search` throw
 */
export async function evaluateFolder(
  { folder, modes, references }: FolderEvaluation,
  dependencies: EvaluationDependencies,
  onProgress: (progress: EvaluationProgress) => void,
): Promise<EvaluationReport> {
  const { search, provenance, signal, readLines = readTextLines } = dependencies;
  const beir = await readBeirFolder(folder, readLines);
  const set = path.basename(path.resolve(folder));
  const questionIds = beir.queries.map((query) => query.id);
  refuseOtherSet({ name: set, questionIds, measures: METRIC_NAMES }, references);
  const ingested = await dependencies.ingest(beirArticles(beir.corpusFile, readLines), (ingest) =>
    onProgress({ phase: 'indexing', ingest }),
  );

  const startedAt = performance.now();
  const queriesTotal = beir.queries.length * modes.length;
  let queriesDone = 0;
  const onAsked = () => {
    queriesDone += 1;
    onProgress({ phase: 'asking', queriesDone, queriesTotal, elapsedMs: performance.now() - startedAt });
  };
  const measured: Array<{ mode: SearchMode; questions: MeasuredQuery[] }> = [];
  for (const mode of modes) {
    const ask = (query: string) => search({ query, depth: PASSAGE_DEPTH, mode });
    measured.push({ mode, questions: await askBeirQueries(beir.queries, { search: ask, signal, onAsked }) });
  }

  const first = measured[0]?.questions ?? [];
  return {
    ...meansByName(METRIC_NAMES, first),
    queries: first.length,
    documents: beir.documents,
    passages: ingested.passagesEmbedded,
    tuningHalf: halfMetrics(first.filter((query) => query.line % 2 === 0)),
    heldOutHalf: halfMetrics(first.filter((query) => query.line % 2 === 1)),
    queriesWithoutRelevant: beir.queriesWithoutRelevant,
    relevantNotInCorpus: beir.relevantNotInCorpus,
    problems: ingested.problems,
    perQuery: first.map(({ id, firstRelevantRank, metrics }) => ({
      id,
      firstRelevantRank,
      ndcg: metrics['ndcg@10'],
    })),
    ...reportModes({ set, names: METRIC_NAMES, measured, provenance, references }),
  };
}

function halfMetrics(half: readonly MeasuredQuery[]): HalfMetrics | null {
  return half.length === 0 ? null : { ...meansByName(METRIC_NAMES, half), queries: half.length };
}
