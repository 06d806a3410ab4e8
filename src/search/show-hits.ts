import type { Language } from '../domain/language.js';
import type { TextSpan } from '../domain/passage.js';
import type { Explanation, RankedPassage } from '../domain/ranked-passage.js';
import type { PassageRecord } from '../storage/article-store.js';
import { findHighlights, sentenceWithMostWords } from './find-highlights.js';
import type { ArticleGroup } from './group-by-article.js';
import { passageWords, type TextWords } from './passage-words.js';
import type { QueryText } from './query-terms.js';
import type { RankedCandidate } from './rank-candidates.js';
import type { SearchRequest } from './search-request.js';
import { sentenceSpan, toRankedPassage } from './to-ranked-passage.js';

/** A place in the reply: a candidate, and what was folded under it when hits are grouped. */
export interface Hit {
  readonly candidate: RankedCandidate;
  readonly group: ArticleGroup<RankedCandidate> | null;
}

export interface ShowOptions {
  readonly request: Pick<SearchRequest, 'query' | 'mode' | 'explain'>;
  readonly text: QueryText;
  readonly queryLanguage: Language;
}

/** Labels whose records `showHits` reads. */
export function shownLabels(hits: readonly Hit[]): number[] {
  return hits.flatMap(({ candidate, group }) => [
    candidate.label,
    ...(group?.others ?? []).map((other) => other.label),
  ]);
}

/** What is shown of each hit. A passage that was removed between ranking and showing is left out. */
export function showHits(
  hits: readonly Hit[],
  records: ReadonlyMap<number, PassageRecord>,
  options: ShowOptions,
): RankedPassage[] {
  return hits.flatMap(({ candidate, group }) => {
    const record = records.get(candidate.label);
    if (record === undefined) return [];
    const words = matchesByWords(record, options);
    return [
      {
        ...toRankedPassage(record, {
          score: candidate.score,
          bestSentence: bestSentence(candidate, record, words, options),
          highlights: words === null ? [] : findHighlights(words, options.text),
        }),
        ...(options.request.explain ? { explanation: explain(candidate, options) } : {}),
        ...(group === null ? {} : { group: shownGroup(group, records) }),
      },
    ];
  });
}

/** The passage's words, or null when it is in the other language: these have no words in common. */
function matchesByWords({ passage }: PassageRecord, { queryLanguage, text }: ShowOptions): TextWords | null {
  if (passage.language !== queryLanguage || text.stems.length + text.phrases.length === 0) return null;
  return passageWords(passage);
}

function bestSentence(
  { features }: RankedCandidate,
  { passage }: PassageRecord,
  words: TextWords | null,
  { request, text }: ShowOptions,
): TextSpan {
  const index =
    request.mode === 'keyword' && words !== null
      ? sentenceWithMostWords(passage.sentences, words, text)
      : features.sentenceIndex;
  return sentenceSpan(passage, index);
}

function explain({ parts, features }: RankedCandidate, { request, text }: ShowOptions): Explanation {
  return {
    foundBy: features.foundBy,
    parts,
    queryTokens: text.tokens.map(({ start, end, stem, stopWord }) => ({
      text: request.query.slice(start, end),
      stem,
      stopWord,
    })),
  };
}

function shownGroup(
  { count, others }: ArticleGroup<RankedCandidate>,
  records: ReadonlyMap<number, PassageRecord>,
) {
  return {
    count,
    others: others.flatMap(({ label, score }) => {
      const record = records.get(label);
      return record === undefined ? [] : [{ id: record.passage.id, score }];
    }),
  };
}
