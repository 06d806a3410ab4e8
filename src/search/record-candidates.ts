import type { Language } from '../domain/language.js';
import { type CandidateFeatures, candidateFeatures, withAllFeatures } from './candidate-features.js';
import { type GatheredCandidates, gatherCandidates } from './gather-candidates.js';
import { passageCosines } from './passage-cosines.js';
import { type PassageCosines, rankCandidates } from './rank-candidates.js';
import type { SearchDependencies } from './search-passages.js';
import { SEARCH_DEFAULTS } from './search-request.js';

/** The first candidates of a question with all that any weights rank them by. */
export interface RecordedCandidates {
  readonly queryLanguage: Language;
  readonly candidates: readonly CandidateFeatures[];
  /** Id of each candidate's article, by label. */
  readonly articleOf: ReadonlyMap<number, string>;
  /** For passages that may well be ranked first; zeros for others. */
  readonly cosines: PassageCosines;
}

/** `weights` tell which passages may well be ranked first. */
export type RecordingDependencies = Omit<SearchDependencies, 'answerModels'>;

/** Passages of which one is ranked first by any weights that are worth a try. */
const LIKELY_LEADERS = 12;

/**
 * Gathers candidates as a hybrid search does and keeps them, so that many weights can be tried on them.
 * @throws what the embedder, the index and the store throw; an AbortError when `signal` fires
 */
export async function recordCandidates(
  dependencies: RecordingDependencies,
  query: string,
  signal?: AbortSignal,
): Promise<RecordedCandidates> {
  const gathered = await gatherCandidates(dependencies, { ...SEARCH_DEFAULTS, query }, { signal });
  const labels = gathered.blocks[0]?.map(({ label }) => label) ?? [];
  const { candidates, rows } = await judgeCandidates(dependencies, gathered, labels);
  const records = await dependencies.passageRecords.of(labels, gathered.generation);
  return {
    queryLanguage: gathered.query.language,
    candidates,
    articleOf: new Map(labels.map((label) => [label, records.get(label)?.passage.articleId ?? ''])),
    cosines: cosinesFrom(labels, rows),
  };
}

/** The features of `labels`, and of those that may well be ranked first the cosines with all of them. */
function judgeCandidates(
  { keptCandidates, centring, weights }: RecordingDependencies,
  { blocks, query, generation }: GatheredCandidates,
  labels: readonly number[],
) {
  return keptCandidates.rankBy(labels, generation, (data) => {
    const candidates = candidateFeatures(query, blocks[0] ?? [], data).map(withAllFeatures);
    const cosines = passageCosines(data, centring);
    const options = { queryLanguage: query.language, weights, isFirst: true, cosines };
    const ranked = rankCandidates(candidates, { ...options, mode: 'hybrid' });
    const leaders = ranked.slice(0, LIKELY_LEADERS).map(({ label }) => label);
    return { candidates, rows: new Map(leaders.map((label) => [label, cosines(label, labels)])) };
  });
}

/** A function of its own, so that what it gives holds on to the rows only, and not to the passages they came from. */
function cosinesFrom(
  labels: readonly number[],
  rows: ReadonlyMap<number, ArrayLike<number>>,
): PassageCosines {
  const place = new Map(labels.map((label, i) => [label, i]));
  return (label, others) => {
    const row = rows.get(label);
    return others.map((other) => row?.[place.get(other) ?? -1] ?? 0);
  };
}
