import type { ArticleSource } from '../corpus/article-source.js';
import type { IngestProblem, IngestProgress, IngestReport } from '../ingest/ingest-report.js';
import { aggregateByArticle, type ScoredHit } from './aggregate-by-article.js';
import { beirArticles } from './beir-articles.js';
import { averageMetrics, firstRelevantRank, type RankingMetrics, rankingMetrics } from './ranking-metrics.js';
import { type BeirQuery, readBeirFolder } from './read-beir-folder.js';
import { type ReadTextLines, readTextLines } from './read-text-lines.js';

/** Passages asked for a query: deep enough that a hundred documents are among them. */
export const PASSAGE_DEPTH = 300;

/** What an evaluation measures: the ordinary way in and the ordinary way out, on an index of its own. */
export interface EvaluationDependencies {
  ingest(source: ArticleSource, onProgress: (progress: IngestProgress) => void): Promise<IngestReport>;
  /** Passages, best first; `depth` may be more than a single search of the front doors gives. */
  search(query: string, depth: number): Promise<readonly ScoredHit[]>;
  readonly signal?: AbortSignal;
  /** Default: from disk. */
  readonly readLines?: ReadTextLines;
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

/** Means over all queries that have a relevant document, and over the two halves of the query file. */
export interface EvaluationReport extends RankingMetrics {
  readonly queries: number;
  /** Documents of the corpus file, whether indexed or not. */
  readonly documents: number;
  readonly passages: number;
  /** Even lines of queries.jsonl, counted from 0: what settings may be chosen on. Null when it has no query. */
  readonly tuningHalf: HalfMetrics | null;
  /** Odd lines: what a choice is judged by. Null when it has no query. */
  readonly heldOutHalf: HalfMetrics | null;
  readonly queriesWithoutRelevant: number;
  readonly relevantNotInCorpus: number;
  /** Documents that could not be indexed; they count as not found. */
  readonly problems: readonly IngestProblem[];
  readonly perQuery: readonly QueryOutcome[];
}

interface MeasuredQuery extends QueryOutcome {
  readonly line: number;
  readonly metrics: RankingMetrics;
}

/**
 * Measures retrieval on a folder in BEIR form: indexes its corpus, asks every query, compares with its judgements.
 *
 * @throws EVALUATION_FOLDER_INVALID (caller) before anything is indexed; what `ingest` and `search` throw
 */
export async function evaluateFolder(
  folder: string,
  dependencies: EvaluationDependencies,
  onProgress: (progress: EvaluationProgress) => void,
): Promise<EvaluationReport> {
  const readLines = dependencies.readLines ?? readTextLines;
  const beir = await readBeirFolder(folder, readLines);
  const ingested = await dependencies.ingest(beirArticles(beir.corpusFile, readLines), (ingest) =>
    onProgress({ phase: 'indexing', ingest }),
  );
  const measured = await askQueries(beir.queries, dependencies, onProgress);
  const all = averageMetrics(measured.map((query) => query.metrics));
  if (all === null) throw new Error('a BEIR folder without judged queries was let through');
  return {
    ...all,
    queries: measured.length,
    documents: beir.documents,
    passages: ingested.passagesEmbedded,
    tuningHalf: halfMetrics(measured.filter((query) => query.line % 2 === 0)),
    heldOutHalf: halfMetrics(measured.filter((query) => query.line % 2 === 1)),
    queriesWithoutRelevant: beir.queriesWithoutRelevant,
    relevantNotInCorpus: beir.relevantNotInCorpus,
    problems: ingested.problems,
    perQuery: measured.map(({ id, firstRelevantRank: rank, ndcg }) => ({
      id,
      firstRelevantRank: rank,
      ndcg,
    })),
  };
}

async function askQueries(
  queries: readonly BeirQuery[],
  { search, signal }: EvaluationDependencies,
  onProgress: (progress: EvaluationProgress) => void,
): Promise<MeasuredQuery[]> {
  const startedAt = performance.now();
  const measured: MeasuredQuery[] = [];
  for (const { id, text, line, judgements } of queries) {
    signal?.throwIfAborted();
    const ranking = aggregateByArticle(await search(text, PASSAGE_DEPTH)).map((hit) => hit.articleId);
    const metrics = rankingMetrics(ranking, judgements);
    if (metrics === null) continue;
    const rank = firstRelevantRank(ranking, judgements);
    measured.push({ id, line, metrics, firstRelevantRank: rank, ndcg: metrics['ndcg@10'] });
    onProgress({
      phase: 'asking',
      queriesDone: measured.length,
      queriesTotal: queries.length,
      elapsedMs: performance.now() - startedAt,
    });
  }
  return measured;
}

function halfMetrics(half: readonly MeasuredQuery[]): HalfMetrics | null {
  const metrics = averageMetrics(half.map((query) => query.metrics));
  return metrics === null ? null : { ...metrics, queries: half.length };
}
