import { directionOf, type Language } from '../domain/language.js';
import type { RankedPassage } from '../domain/ranked-passage.js';
import { type Centring, centre } from '../embedding/centring.js';
import type { Embedder } from '../embedding/embedder.js';
import type { ArticleStoreReader, PassageRecord } from '../storage/article-store.js';
import { detectLanguage } from '../text/detect-language.js';
import type { VectorIndexReader } from '../vector-index/vector-index.js';
import type { CandidateVectors, RankingVectors } from './candidate-vectors.js';
import type { KeptPassageRecords } from './kept-passage-records.js';
import { prepareQuery } from './prepare-query.js';
import { type RankedCandidate, rankCandidates } from './rank-candidates.js';
import type { SearchRequest } from './search-request.js';

/** What a search reads. Nothing in it can mutate. */
export interface SearchDependencies {
  readonly embedder: Pick<Embedder, 'embedQueries' | 'fingerprint'>;
  readonly centring: Centring;
  readonly index: VectorIndexReader;
  readonly store: ArticleStoreReader;
  /** Over the same store and centring. */
  readonly candidateVectors: CandidateVectors;
  /** Over the same store. */
  readonly passageRecords: KeptPassageRecords;
}

export interface SearchResult {
  readonly hits: readonly RankedPassage[];
  /** Passages that the query was asked of: all of them, or all of the wanted languages. */
  readonly total: number;
  readonly queryLanguage: Language;
  readonly indexGeneration: number;
  readonly modelFingerprint: string;
}

/**
 * Candidates that are ranked together. A page beyond the first hundred is ranked in its own block, so the order
 * is the same whatever the page size.
 */
const CANDIDATE_BLOCK = 100;

/**
 * From a question to ranked passages: embed, find candidates by passage vector, score each by passage and best
 * sentence, show. The same request on the same generation gives the same hits in the same order.
 *
 * @throws what the embedder, the index and the store throw; an AbortError when `signal` fires
 * Cost: one forward pass of the model, about 0.6 ms of everything else per hundred candidates.
 */
export async function searchPassages(
  { embedder, centring, index, store, candidateVectors, passageRecords }: SearchDependencies,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchResult> {
  // The model first: what does not need the vector is done while it computes.
  const [[raw], queryLanguage, labels, allPassages, indexGeneration] = await Promise.all([
    embedder.embedQueries([request.query], signal),
    detectLanguage(request.query),
    wantedLabels(store, embedder.fingerprint, request.languages),
    index.size(),
    store.generation(),
  ]);
  if (raw === undefined) throw new Error('the embedder returned no vector');
  const embedding = centre(raw, centring.mean(queryLanguage, 'query'));

  const end = request.offset + request.limit;
  const depth = Math.ceil(end / CANDIDATE_BLOCK) * CANDIDATE_BLOCK;
  // The query is made ready for ranking while the index searches.
  const [matches, query] = await Promise.all([
    index.search(embedding, { limit: depth, ...(labels === null ? {} : { labels }) }),
    prepareQuery(embedding, centring),
  ]);
  signal?.throwIfAborted();

  const ranked: RankedCandidate[] = [];
  const firstBlock = Math.floor(request.offset / CANDIDATE_BLOCK) * CANDIDATE_BLOCK;
  for (let block = firstBlock; block < Math.min(matches.length, end); block += CANDIDATE_BLOCK) {
    const candidates = matches.slice(block, block + CANDIDATE_BLOCK);
    const labels = candidates.map((candidate) => candidate.label);
    const rank = (vectors: RankingVectors) => rankCandidates(query, candidates, vectors);
    ranked.push(...(await candidateVectors.rankBy(labels, indexGeneration, rank)));
  }
  const page = ranked.slice(request.offset - firstBlock, end - firstBlock);
  const records = await passageRecords.of(
    page.map((candidate) => candidate.label),
    indexGeneration,
  );
  return {
    hits: toRankedPassages(page, records),
    total: labels?.length ?? allPassages,
    queryLanguage,
    indexGeneration,
    modelFingerprint: embedder.fingerprint,
  };
}

/** Labels that may match, or null when all may. */
async function wantedLabels(
  store: ArticleStoreReader,
  fingerprint: string,
  languages: readonly Language[] | undefined,
): Promise<Uint32Array | null> {
  if (languages === undefined || new Set(languages).size === 2) return null;
  return store.labels({ fingerprint, languages });
}

/** A passage that was removed between ranking and showing is left out. */
function toRankedPassages(
  page: readonly RankedCandidate[],
  records: ReadonlyMap<number, PassageRecord>,
): RankedPassage[] {
  return page.flatMap((candidate) => {
    const record = records.get(candidate.label);
    if (record === undefined) return [];
    const { passage } = record;
    return [
      {
        id: passage.id,
        articleId: passage.articleId,
        title: record.title,
        url: record.url,
        language: passage.language,
        direction: directionOf(passage.language),
        text: passage.text,
        score: candidate.score,
        bestSentence: passage.sentences[candidate.sentenceIndex] ?? { start: 0, end: passage.text.length },
        publishedAt: record.publishedAt,
      },
    ];
  });
}
