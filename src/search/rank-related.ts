import type { VectorMatch } from '../vector-index/vector-index.js';
import { alignSentences } from './align-sentences.js';
import { judgeSameStory } from './judge-same-story.js';
import type { Candidate, RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';
import type { RelatedFit } from './related-fit.js';
import { relatedScore } from './related-score.js';
import { type PassageWithTerms, shareTerms, termJaccard } from './shared-terms.js';

/** The passage that others are held against. */
export interface RelatedPassageQuery extends PassageWithTerms {
  readonly vector: PreparedQuery;
  /** Its sentences; the passage itself when it is one. */
  readonly sentences: readonly PreparedQuery[];
}

export interface RelatedCandidate extends VectorMatch, Candidate {}

export interface RankedRelated {
  readonly label: number;
  readonly score: number;
  /** Of the sentence that is nearest to the passage. */
  readonly sentenceIndex: number;
  /** Null when nothing was measured of the model. */
  readonly sameStory: boolean | null;
}

export interface RelatedRankingOptions {
  readonly limit: number;
  readonly fit: RelatedFit | null;
  readonly matrix: Pick<RankingData['matrix'], 'similarities'>;
}

/**
 * Puts candidates in order, and says of the first `limit` which sentence is nearest and whether they tell the same.
 * @returns By falling score, ties by rising label
 */
export function rankRelated(
  query: RelatedPassageQuery,
  candidates: readonly RelatedCandidate[],
  { limit, fit, matrix }: RelatedRankingOptions,
): RankedRelated[] {
  const shares = shareTerms(query, candidates);
  const scored = candidates.map((candidate, place) => {
    const { similarity, titleRow } = candidate;
    const title = titleRow === null ? null : (matrix.similarities(query.vector, [titleRow])[0] as number);
    const across = candidate.language !== query.language;
    const usual = fit?.usualShare[across ? 'acrossLanguages' : 'withinLanguage'] ?? null;
    return { candidate, score: relatedScore({ similarity, title, share: shares[place] ?? 0 }, usual) };
  });
  return scored
    .sort((a, b) => b.score - a.score || a.candidate.label - b.candidate.label)
    .slice(0, limit)
    .map(({ candidate, score }) => ({
      label: candidate.label,
      score,
      sentenceIndex: nearestSentence(query, candidate, matrix),
      sameStory: tellsTheSame(query, candidate, { fit, matrix }),
    }));
}

/** Of equally near ones the first. */
function nearestSentence(
  { vector }: RelatedPassageQuery,
  { firstSentenceRow, sentences }: RelatedCandidate,
  matrix: RelatedRankingOptions['matrix'],
): number {
  const rows = Array.from({ length: sentences }, (_, i) => firstSentenceRow + i);
  const similarities = matrix.similarities(vector, rows);
  return Math.max(0, similarities.indexOf(Math.max(...similarities)));
}

function tellsTheSame(
  query: RelatedPassageQuery,
  candidate: RelatedCandidate,
  { fit, matrix }: Omit<RelatedRankingOptions, 'limit'>,
): boolean | null {
  if (fit === null) return null;
  const { similarity } = candidate;
  const across = candidate.language !== query.language;
  const agreement = across
    ? (alignSentences(query.sentences, candidate, matrix) ?? similarity)
    : termJaccard(query.terms.words, candidate.terms.words);
  return judgeSameStory({ across, similarity, agreement }, fit.storyFrom);
}
