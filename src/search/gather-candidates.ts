import { type Centring, centre } from '../embedding/centring.js';
import type { Embedder } from '../embedding/embedder.js';
import type { ArticleStoreReader } from '../storage/article-store.js';
import { NO_STAGES } from '../telemetry/search-stages.js';
import { detectLanguage } from '../text/detect-language.js';
import { nextTurn } from '../threads/loop-turns.js';
import type { VectorIndexReader } from '../vector-index/vector-index.js';
import { CandidateCosines } from './candidate-cosines.js';
import type { RankingQuery } from './candidate-features.js';
import {
  CANDIDATE_BLOCK,
  type CandidateSearch,
  type FoundCandidate,
  findByVector,
  findByWords,
  joinLists,
} from './find-candidates.js';
import { JudgedWords } from './judged-words.js';
import type { KeptCandidates } from './kept-candidates.js';
import { prepareQuery } from './prepare-query.js';
import { type QueryText, readQueryText, weighQueryTerms } from './query-terms.js';
import type { SearchRequest } from './search-request.js';
import type { SearchRun } from './search-run.js';
import { wantedLabels } from './wanted-labels.js';
import type { WordTranslations } from './word-translations.js';
import { wordsAcross } from './words-across.js';

/** What finding candidates reads. */
export interface GatheringDependencies {
  readonly embedder: Pick<Embedder, 'embedQueries' | 'fingerprint'>;
  readonly centring: Centring;
  readonly index: VectorIndexReader;
  readonly store: ArticleStoreReader;
  readonly translations: Pick<WordTranslations, 'of'>;
  /** Over the same store. */
  readonly keptCandidates: Pick<KeptCandidates, 'rankBy'>;
}

/** Everything that ranking begins with. */
export interface GatheredCandidates {
  readonly text: QueryText;
  readonly query: RankingQuery;
  /** Those of a later block stand behind all of an earlier one. */
  readonly blocks: ReadonlyArray<readonly FoundCandidate[]>;
  /** Passages that languages and filters admit. */
  readonly total: number;
  /** Of the store, read before anything else. */
  readonly generation: number;
}

/** An article has several passages, so that more are needed to find as many articles. */
const PASSAGES_AN_ARTICLE = 3;

/**
 * The first of two stages: from a question to the passages that may answer it, by vector and by words.
 * @throws what the embedder, the index and the store throw; an AbortError when the run's signal fires
 */
export async function gatherCandidates(
  { embedder, centring, index, store, translations, keptCandidates }: GatheringDependencies,
  request: SearchRequest,
  { signal, stages = NO_STAGES }: SearchRun = {},
): Promise<GatheredCandidates> {
  const { fingerprint } = embedder;
  const { query, mode } = request;
  const gatherByWords = async () => {
    await nextTurn();
    const startedAt = performance.now();
    const text = readQueryText(query);
    const language = detectLanguage(query);
    const generation = await store.generation();
    const [labels, passages, statistics] = await Promise.all([
      wantedLabels(store, fingerprint, request),
      index.size(),
      store.lexicalStatistics(text.stems, { fingerprint }),
    ]);
    const search: CandidateSearch = {
      store,
      index,
      fingerprint,
      mode,
      text,
      depth: depthOf(request),
      labels,
    };
    const byWords = await findByWords(search);
    const terms = weighQueryTerms(text, statistics);
    const first = byWords.matches.slice(0, CANDIDATE_BLOCK).map(({ label }) => label);
    const across = wordsAcross(text, translations);
    const judgedByWords = new JudgedWords(terms, first.length);
    await keptCandidates.rankBy(first, generation, ({ candidates }) => {
      for (let place = 0; place < first.length; place++) {
        const candidate = candidates.get(first[place] as number);
        if (candidate !== undefined) judgedByWords.judge(place, candidate.terms);
      }
    });
    stages.took('words', startedAt, performance.now());
    const total = labels?.length ?? passages;
    return { generation, text, language, terms, across, first, judgedByWords, search, byWords, total };
  };
  // The model first: what does not need the vector is done while it computes, what ranking needs of the passages that
  // words found is read, and these are judged by their words. Awaited together, so that neither can
  // fail unheard while the other is waited for.
  const [[raw], { language, terms, across, first, judgedByWords, search, byWords, ...gathered }] =
    await Promise.all([
      mode === 'keyword' ? [] : embedder.embedQueries([query], signal, stages),
      gatherByWords(),
    ]);
  signal?.throwIfAborted();

  const embedding = raw === undefined ? null : centre(raw, centring.mean(language, 'query'));
  const startedAt = performance.now();
  const prepared = embedding === null ? null : prepareQuery(embedding, centring);
  // What words found is held against the question by vector while the index searches.
  const [byVector, cosinesAhead] = await Promise.all([
    findByVector(search, embedding),
    nextTurn().then(() =>
      keptCandidates.rankBy(first, gathered.generation, (data) => CandidateCosines.of(prepared, first, data)),
    ),
  ]);
  if (embedding !== null) stages.took('vector', startedAt, performance.now());
  stages.found({ admitted: gathered.total, byVector: byVector.length, byWords: byWords.matches.length });
  signal?.throwIfAborted();
  return {
    ...gathered,
    query: {
      language,
      prepared,
      terms,
      wordsAcross: across,
      judgedByWords,
      cosinesAhead,
      holding: byWords.holding,
    },
    blocks: joinLists(byVector, byWords.matches),
  };
}

function depthOf({ offset, limit, groupBy }: SearchRequest): number {
  const wanted = (offset + limit) * (groupBy === undefined ? 1 : PASSAGES_AN_ARTICLE);
  return Math.ceil(wanted / CANDIDATE_BLOCK) * CANDIDATE_BLOCK;
}
