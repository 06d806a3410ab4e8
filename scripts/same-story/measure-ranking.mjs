// How related passages are ordered, by vectors alone and with titles and shared terms.
import { relatedScore } from '../../dist/search/related-score.js';
import { shareTerms } from '../../dist/search/shared-terms.js';

const CANDIDATES = 50;
const SHOWN = 10;

/** For each passage its nearest candidates with what they are scored by. @param isCandidate  Given passage and other. */
export function collectCandidates(passages, comparer, isCandidate) {
  return passages.map((passage) => {
    const nearest = passages
      .filter((other) => other !== passage && isCandidate(passage, other))
      .map((other) => ({ other, similarity: comparer.similarity(passage, other), related: other.story === passage.story }))
      .sort((a, b) => b.similarity - a.similarity);
    const candidates = nearest.slice(0, CANDIDATES);
    const shares = shareTerms(passage, candidates.map(({ other }) => other));
    return {
      related: nearest.filter(({ related }) => related).length,
      candidates: candidates.map((candidate, i) => ({
        ...candidate,
        across: candidate.other.language !== passage.language,
        share: shares[i],
        title: comparer.titleSimilarity(passage, candidate.other),
      })),
    };
  });
}

/** Least squares: the share of terms that passages of a similarity usually have in common. */
export function fitUsualShare(collected, across) {
  const points = collected.flatMap(({ candidates }) => candidates.filter((candidate) => candidate.across === across));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(({ similarity }) => similarity));
  const y = mean(points.map(({ share }) => share));
  const slope =
    mean(points.map(({ similarity, share }) => (similarity - x) * (share - y))) / mean(points.map(({ similarity }) => (similarity - x) ** 2));
  const round = (value) => Math.round(value * 1000) / 1000 + 0;
  return { at0: round(y - slope * x), slope: round(slope) };
}

/** @returns nDCG@10 of passages of the same story, and which part of the first ten is in the other language */
export function measureRanking(collected, score) {
  const asked = collected.filter(({ related }) => related > 0);
  const gains = asked.map(({ related, candidates }) => {
    const shown = candidates.toSorted((a, b) => score(b) - score(a)).slice(0, SHOWN);
    const gain = (hits) => hits.reduce((sum, hit, rank) => sum + (hit ? 1 / Math.log2(rank + 2) : 0), 0);
    return {
      ndcg: gain(shown.map((hit) => hit.related)) / gain(Array(Math.min(SHOWN, related)).fill(true)),
      across: shown.filter(({ across }) => across).length / shown.length,
    };
  });
  const mean = (name) => gains.reduce((sum, gain) => sum + gain[name], 0) / gains.length;
  return { ndcg: mean('ndcg'), across: mean('across') };
}

/** The ways of scoring that are compared. */
export function scorings(usualShare) {
  const usual = ({ across }) => usualShare[across ? 'acrossLanguages' : 'withinLanguage'];
  return {
    'vectors alone': (candidate) => candidate.similarity,
    '+ title': (candidate) => relatedScore(candidate, null),
    '+ title + terms as they are': (candidate) => relatedScore(candidate, { at0: 0, slope: 0 }),
    '+ title + terms beyond the usual': (candidate) => relatedScore(candidate, usual(candidate)),
  };
}
