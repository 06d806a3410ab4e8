import { matchTokens } from '../text/match-tokens.js';
import { occurrenceScore, relativeLengthOf, stemWeight, weighOccurrences } from './bm25.js';
import type { LexicalMatch, LexicalQuery, LexicalStatistics } from './lexical-index.js';

/** A passage with its article's title, as the in-memory store has it. */
export interface TitledText {
  readonly label: number;
  readonly text: string;
  readonly title: string;
}

/** A passage's words as they are looked for: no hashes, no index. */
interface ReadPassage {
  readonly label: number;
  readonly length: number;
  readonly inText: ReadonlyMap<string, number>;
  readonly inTitle: ReadonlyMap<string, number>;
  readonly foldedText: readonly string[];
  readonly foldedTitle: readonly string[];
}

/**
 * The plain truth that a real index is held to: reads every text at every question and scores all passages.
 * @param passages  All of one fingerprint, rising by label.
 */
export function findByWordsIn(
  passages: readonly TitledText[],
  query: LexicalQuery,
  options: { limit: number; labels?: Uint32Array },
): LexicalMatch[] {
  const read = passages.map(readPassage);
  const stems = [...new Set(query.stems)];
  const phrases = query.phrases.filter((words) => words.length > 0);
  if (stems.length === 0 && phrases.length === 0) return [];
  const { meanLength, passagesWith } = statisticsOf(read, stems);
  const weights = stems.map((_, i) => stemWeight(passagesWith[i] ?? 0, read.length));
  const allowed = options.labels === undefined ? null : new Set(options.labels);
  return read
    .filter(({ label }) => allowed === null || allowed.has(label))
    .filter((passage) => phrases.every((words) => hasPhrase(passage, words)))
    .map((passage) => ({ label: passage.label, score: scoreOf(passage, stems, { weights, meanLength }) }))
    .filter(({ score }) => score > 0 || phrases.length > 0)
    .sort((a, b) => b.score - a.score || a.label - b.label)
    .slice(0, options.limit);
}

export function lexicalStatisticsOf(
  passages: readonly TitledText[],
  stems: readonly string[],
): LexicalStatistics {
  return statisticsOf(passages.map(readPassage), stems);
}

function statisticsOf(passages: readonly ReadPassage[], stems: readonly string[]): LexicalStatistics {
  const words = passages.reduce((sum, { length }) => sum + length, 0);
  return {
    passages: passages.length,
    meanLength: passages.length === 0 ? 0 : words / passages.length,
    passagesWith: Uint32Array.from(
      stems,
      (stem) => passages.filter(({ inText, inTitle }) => inText.has(stem) || inTitle.has(stem)).length,
    ),
  };
}

function readPassage({ label, text, title }: TitledText): ReadPassage {
  const inText = stemsOf(text);
  return {
    label,
    length: [...inText.values()].reduce((sum, count) => sum + count, 0),
    inText,
    inTitle: stemsOf(title),
    foldedText: matchTokens(text).map(({ folded }) => folded),
    foldedTitle: matchTokens(title).map(({ folded }) => folded),
  };
}

function stemsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { stem, stopWord } of matchTokens(text)) {
    if (!stopWord) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}

function hasPhrase({ foldedText, foldedTitle }: ReadPassage, words: readonly string[]): boolean {
  return [foldedText, foldedTitle].some((folded) =>
    folded.some((_, start) => words.every((word, i) => folded[start + i] === word)),
  );
}

function scoreOf(
  passage: ReadPassage,
  stems: readonly string[],
  { weights, meanLength }: { weights: readonly number[]; meanLength: number },
): number {
  const relativeLength = relativeLengthOf(passage.length, meanLength);
  let score = 0;
  stems.forEach((stem, i) => {
    const occurrences = weighOccurrences(passage.inText.get(stem) ?? 0, passage.inTitle.get(stem) ?? 0);
    if (occurrences > 0) score += (weights[i] ?? 0) * occurrenceScore(occurrences, relativeLength);
  });
  return score;
}
