import type { PassageId } from '../domain/passage.js';
import type { RankedPassage } from '../domain/ranked-passage.js';
import { type Centring, centre } from '../embedding/centring.js';
import type { Embedder } from '../embedding/embedder.js';
import type { ArticleStoreReader, PassageVector } from '../storage/article-store.js';
import { matchesFilter } from '../storage/matches-filter.js';
import type { VectorIndexReader, VectorMatch } from '../vector-index/vector-index.js';
import type { Candidate, KeptCandidates, RankingData } from './kept-candidates.js';
import type { KeptPassageRecords } from './kept-passage-records.js';
import { prepareQuery } from './prepare-query.js';
import { type RelatedCandidate, type RelatedPassageQuery, rankRelated } from './rank-related.js';
import type { RelatedFit } from './related-fit.js';
import { passageNotFound, type RelatedRequest } from './related-request.js';
import { sentenceSpan, toRankedPassage } from './to-ranked-passage.js';
import { wantedLabels } from './wanted-labels.js';

/** What finding related passages reads. Nothing in it can mutate; the model itself is not asked. */
export interface RelatedDependencies {
  readonly embedder: Pick<Embedder, 'fingerprint'>;
  readonly centring: Centring;
  readonly index: VectorIndexReader;
  readonly store: ArticleStoreReader;
  /** Over the same store and centring. */
  readonly keptCandidates: KeptCandidates;
  /** Over the same store. */
  readonly passageRecords: KeptPassageRecords;
  /** Of the embedder's fingerprint. */
  readonly relatedFit: RelatedFit | null;
}

export interface RelatedPassage extends RankedPassage {
  /** Whether it tells the same, in the other language or as a near copy; null when nothing was measured of the model. */
  readonly sameStory: boolean | null;
}

export interface RelatedResult {
  readonly passageId: PassageId;
  readonly hits: readonly RelatedPassage[];
  readonly indexGeneration: number;
  readonly modelFingerprint: string;
}

/** Candidates that are ranked, beside the passages that are left out. */
const LEAST_CANDIDATES = 50;

/**
 * From a passage to those that are about the same, in either language: its own vector finds candidates; vector, titles
 * and shared terms put them in order. `bestSentence` of a hit is the sentence nearest to the passage.
 *
 * @throws PASSAGE_NOT_FOUND (caller); what the index and the store throw; what `signal` fires with
 * Cost: no forward pass; about 0.02 ms a candidate, of which there are 50, or twice the limit where that is more.
 */
export async function findRelatedPassages(
  dependencies: RelatedDependencies,
  request: RelatedRequest,
  signal?: AbortSignal,
): Promise<RelatedResult> {
  const { embedder, centring, index, store, keptCandidates, passageRecords, relatedFit } = dependencies;
  const { fingerprint } = embedder;
  const { limit, passageId, sameArticle } = request;
  const indexGeneration = await store.generation();
  const [source, labels] = await Promise.all([
    store.passageVector(passageId, { fingerprint }),
    wantedLabels(store, fingerprint, request),
  ]);
  if (source === null || !(await isAdmitted(store, source, request))) throw passageNotFound(passageId);
  signal?.throwIfAborted();

  const embedding = centre(source.embedding, centring.mean(source.passage.language, 'passage'));
  const leftOut = sameArticle ? 1 : source.articlePassages;
  const matches = await index.search(embedding, {
    limit: Math.max(LEAST_CANDIDATES, 2 * limit) + leftOut,
    ...(labels === null ? {} : { labels }),
  });
  signal?.throwIfAborted();
  const needed = [source.label, ...matches.map((match) => match.label)];
  const ranked = await keptCandidates.rankBy(needed, indexGeneration, ({ candidates, matrix }) => {
    const own = candidates.get(source.label);
    if (own === undefined) throw passageNotFound(passageId);
    const isWanted = ({ label, articleNumber }: RelatedCandidate) =>
      label !== source.label && (sameArticle || articleNumber !== own.articleNumber);
    const compared = toCandidates(matches, candidates).filter(isWanted);
    const query = toQuery(own, { embedding, matrix, centring });
    return rankRelated(query, compared, { limit, fit: relatedFit, matrix });
  });
  const records = await passageRecords.of(
    ranked.map(({ label }) => label),
    indexGeneration,
  );
  return {
    passageId: source.passage.id,
    // A passage that was removed between ranking and showing is left out.
    hits: ranked.flatMap(({ label, score, sentenceIndex, sameStory }) => {
      const record = records.get(label);
      if (record === undefined) return [];
      const bestSentence = sentenceSpan(record.passage, sentenceIndex);
      return [{ ...toRankedPassage(record, { score, bestSentence, highlights: [] }), sameStory }];
    }),
    indexGeneration,
    modelFingerprint: fingerprint,
  };
}

/** Whether the filters of a request admit the article of the passage that it is about. */
async function isAdmitted(
  store: Pick<ArticleStoreReader, 'article'>,
  { passage }: PassageVector,
  { filters }: Pick<RelatedRequest, 'filters'>,
): Promise<boolean> {
  if (filters === undefined) return true;
  const article = await store.article(passage.articleId);
  return article !== null && matchesFilter(filters, article);
}

/** @param embedding  Of the passage, centred. */
function toQuery(
  { language, terms, firstSentenceRow, sentences }: Candidate,
  {
    embedding,
    matrix,
    centring,
  }: { embedding: Float32Array; matrix: RankingData['matrix']; centring: Centring },
): RelatedPassageQuery {
  const vector = prepareQuery(embedding, centring);
  const ofSentences = Array.from({ length: sentences }, (_, i) =>
    prepareQuery(matrix.vector(firstSentenceRow + i), centring),
  );
  return { language, terms, vector, sentences: sentences > 0 ? ofSentences : [vector] };
}

/** A passage that was removed since it was found is left out. */
function toCandidates(
  matches: readonly VectorMatch[],
  candidates: RankingData['candidates'],
): RelatedCandidate[] {
  return matches.flatMap((match) => {
    const candidate = candidates.get(match.label);
    return candidate === undefined ? [] : [{ ...match, ...candidate }];
  });
}
