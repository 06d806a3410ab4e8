import path from 'node:path';
import type { ArticleSource } from '../corpus/article-source.js';
import type { IngestProgress, IngestReport } from '../ingest/ingest-report.js';
import type { ScoredHit } from './aggregate-by-article.js';
import { askBeirQueries, type MeasuredQuery } from './ask-beir-queries.js';
import { beirArticles } from './beir-articles.js';
import { bootstrapIntervals, type Interval } from './bootstrap-intervals.js';
import { type EvaluationProgress, PASSAGE_DEPTH } from './evaluate-folder.js';
import { readBeirFolder } from './read-beir-folder.js';
import { type ReadTextLines, readTextLines } from './read-text-lines.js';
import { meanOf } from './summarise-measures.js';

/** A search with one feature of the ranking taken out; null leaves all of them in. */
export interface AblatedSearch {
  readonly query: string;
  /** Passages wanted. */
  readonly depth: number;
  readonly without: string | null;
}

/** A ranking that can be measured without each of its features, on an index of its own. */
export interface AblationDependencies {
  /** Names of the ranking's features, in the order of the table. */
  readonly features: readonly string[];
  ingest(source: ArticleSource, onProgress: (progress: IngestProgress) => void): Promise<IngestReport>;
  /** Passages, best first. */
  search(search: AblatedSearch): Promise<readonly ScoredHit[]>;
  readonly signal?: AbortSignal;
  /** Default: from disk. */
  readonly readLines?: ReadTextLines;
}

/** What the ranking is worth without a feature. */
export interface Ablation {
  readonly feature: string;
  readonly 'ndcg@10': number;
  /** Without − with: below 0, the feature helps. */
  readonly difference: number;
  /** 95 % interval of the difference, the same questions asked both times. */
  readonly interval: Interval;
}

export interface AblatedSet {
  readonly set: string;
  readonly questions: number;
  /** nDCG@10 with every feature. */
  readonly complete: number;
  /** In the order of the features. */
  readonly ablations: readonly Ablation[];
}

/**
 * Measures what each feature of the ranking is worth on a folder in BEIR form: indexes the corpus once, asks every
 * query with the whole ranking, then with each feature taken out in turn.
 * @throws EVALUATION_FOLDER_INVALID (caller) before anything is indexed; what `ingest` and `search` throw
 */
export async function measureAblations(
  folder: string,
  { features, ingest, search, signal, readLines = readTextLines }: AblationDependencies,
  onProgress: (progress: EvaluationProgress) => void,
): Promise<AblatedSet> {
  const { queries, corpusFile } = await readBeirFolder(folder, readLines);
  await ingest(beirArticles(corpusFile, readLines), (report) =>
    onProgress({ phase: 'indexing', ingest: report }),
  );

  const startedAt = performance.now();
  const queriesTotal = queries.length * (features.length + 1);
  let queriesDone = 0;
  const onAsked = () => {
    queriesDone += 1;
    onProgress({ phase: 'asking', queriesDone, queriesTotal, elapsedMs: performance.now() - startedAt });
  };
  const evaluateWith = async ({ without }: Pick<AblatedSearch, 'without'>) => {
    const ask = (query: string) => search({ query, depth: PASSAGE_DEPTH, without });
    return ndcgOf(await askBeirQueries(queries, { search: ask, signal, onAsked }));
  };
  const complete = await evaluateWith({ without: null });
  const ablations: Ablation[] = [];
  for (const feature of features) {
    ablations.push(compareAblation(feature, complete, await evaluateWith({ without: feature })));
  }
  return {
    set: path.basename(path.resolve(folder)),
    questions: queries.length,
    complete: meanOf(complete),
    ablations,
  };
}

function ndcgOf(measured: readonly MeasuredQuery[]): Float64Array {
  return Float64Array.from(measured, ({ metrics }) => metrics['ndcg@10']);
}

function compareAblation(feature: string, complete: Float64Array, without: Float64Array): Ablation {
  const differences = without.map((value, position) => value - (complete[position] ?? 0));
  return {
    feature,
    'ndcg@10': meanOf(without),
    difference: meanOf(differences),
    interval: bootstrapIntervals({ differences }).differences,
  };
}
