import type { Language } from '../domain/language.js';
import type { RankedPassage } from '../domain/ranked-passage.js';
import { NO_STAGES } from '../telemetry/search-stages.js';
import { nextTurn } from '../threads/loop-turns.js';
import { type Answerability, type AnswerModels, judgeAnswerability } from './answerability.js';
import { candidateFeatures } from './candidate-features.js';
import { diversify } from './diversify.js';
import { CANDIDATE_BLOCK } from './find-candidates.js';
import {
  type GatheredCandidates,
  type GatheringDependencies,
  gatherCandidates,
} from './gather-candidates.js';
import { groupByArticle } from './group-by-article.js';
import type { KeptCandidates, RankingData } from './kept-candidates.js';
import type { KeptPassageRecords } from './kept-passage-records.js';
import { passageCosines } from './passage-cosines.js';
import { type RankedCandidate, rankCandidates } from './rank-candidates.js';
import type { RankingWeights } from './ranking-weights.js';
import type { SearchRequest } from './search-request.js';
import type { SearchRun } from './search-run.js';
import { type Hit, showHits, shownLabels } from './show-hits.js';
import { type VectorEvidence, vectorEvidence } from './vector-evidence.js';

/** What a search reads. Nothing in it can mutate. */
export interface SearchDependencies extends GatheringDependencies {
  /** Over the same store and centring. */
  readonly keptCandidates: KeptCandidates;
  /** Over the same store. */
  readonly passageRecords: KeptPassageRecords;
  readonly weights: RankingWeights;
  readonly answerModels: AnswerModels;
}

export interface SearchResult {
  readonly hits: readonly RankedPassage[];
  /** Passages that the query was asked of: all that languages and filters admit. */
  readonly total: number;
  readonly queryLanguage: Language;
  /** Null in mode `keyword`: words alone do not tell. */
  readonly answerability: Answerability | null;
  readonly indexGeneration: number;
  readonly modelFingerprint: string;
}

/**
 * From a question to ranked passages: find candidates by vector and by words, judge each by all features, group or
 * diversify, show. The same request on the same generation gives the same hits in the same order.
 *
 * @throws what the embedder, the index and the store throw; what the run's signal fires with, an AbortError by default
 * Cost: one forward pass of the model (none in mode `keyword`), and about 1 ms of everything else per hundred candidates.
 */
export async function searchPassages(
  dependencies: SearchDependencies,
  request: SearchRequest,
  run: SearchRun = {},
): Promise<SearchResult> {
  const { stages = NO_STAGES } = run;
  const gathered = await gatherCandidates(dependencies, request, run);
  await nextTurn();
  const rankingAt = performance.now();
  const { ranked, answerability, evidence } = await rankBlocks(dependencies, request, gathered, run.signal);
  const showingAt = performance.now();
  stages.took('rank', rankingAt, showingAt);
  stages.found({ ranked: ranked.length });
  const { offset, limit } = request;
  const hits = inHits(ranked, request).slice(offset, offset + limit);
  const { text, generation, total } = gathered;
  const records = await dependencies.passageRecords.of(shownLabels(hits), generation);
  const queryLanguage = gathered.query.language;
  const shown = showHits(hits, records, { request, text, queryLanguage, evidence });
  stages.took('show', showingAt, performance.now());
  return {
    hits: shown,
    total,
    queryLanguage,
    answerability,
    indexGeneration: generation,
    modelFingerprint: dependencies.embedder.fingerprint,
  };
}

interface RankedBlocks {
  readonly ranked: RankedCandidate[];
  readonly answerability: Answerability | null;
  /** By label, of every candidate that may be shown; empty unless it was asked for. */
  readonly evidence: ReadonlyMap<number, VectorEvidence>;
}

async function rankBlocks(
  { keptCandidates, centring, weights, answerModels }: SearchDependencies,
  { mode, diversity, offset, limit, evidence: wantsEvidence = false }: SearchRequest,
  { query, blocks, generation }: GatheredCandidates,
  signal: AbortSignal | undefined,
): Promise<RankedBlocks> {
  const ranked: RankedCandidate[] = [];
  const evidence = new Map<number, VectorEvidence>();
  let answerability = mode === 'keyword' ? null : judgeAnswerability([], query.language, answerModels);
  for (const [number, block] of blocks.entries()) {
    signal?.throwIfAborted();
    const rank = (data: RankingData) => {
      const inOrder = rankCandidates(candidateFeatures(query, block, data), {
        mode,
        queryLanguage: query.language,
        weights,
        isFirst: number === 0,
        cosines: passageCosines(data, centring),
      });
      if (number === 0 && mode !== 'keyword') {
        answerability = judgeAnswerability(inOrder, query.language, answerModels);
      }
      const placed = diversity === 0 ? inOrder : diversified(inOrder, data, diversity);
      if (wantsEvidence && query.prepared !== null) {
        for (const { label, features } of placed.slice(0, offset + limit)) {
          evidence.set(label, vectorEvidence(query.prepared, features, data));
        }
      }
      return placed;
    };
    ranked.push(
      ...(await keptCandidates.rankBy(
        block.map(({ label }) => label),
        generation,
        rank,
      )),
    );
  }
  return { ranked, answerability, evidence };
}

function diversified(
  ranked: readonly RankedCandidate[],
  { candidates, matrix }: RankingData,
  diversity: number,
): RankedCandidate[] {
  const withVectors = ranked.map((candidate) => ({
    candidate,
    score: candidate.score,
    vector: matrix.vector(candidates.get(candidate.label)?.passageRow ?? 0),
  }));
  return diversify(withVectors, { diversity, depth: CANDIDATE_BLOCK }).map(({ candidate }) => candidate);
}

function inHits(ranked: readonly RankedCandidate[], { groupBy }: SearchRequest): Hit[] {
  if (groupBy === undefined) return ranked.map((candidate) => ({ candidate, group: null }));
  return groupByArticle(ranked, ({ features }) => features.articleNumber).map((group) => ({
    candidate: group.best,
    group,
  }));
}
