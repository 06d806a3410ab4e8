import { stemWeight } from '../storage/bm25.js';
import type { LexicalStatistics } from '../storage/lexical-index.js';
import { type WeightedStem, weighStem } from '../storage/score-passage.js';
import type { MatchToken } from '../text/match-tokens.js';
import { parseMatchQuery } from '../text/parse-match-query.js';
import { gramsOf, hashTerm, skeletonsOf } from '../text/passage-terms.js';

/** The words of a question, before the archive is asked what they are worth. */
export interface QueryText {
  readonly tokens: readonly MatchToken[];
  /** Without stop words, each once. */
  readonly stems: readonly string[];
  readonly phrases: ReadonlyArray<readonly string[]>;
  /** A word of each stem, folded, in the order of `stems`. */
  readonly words: readonly string[];
  /** Names and numbers as the other script has them, by hash: the readings of each, in the order of `stems`; none of other words. */
  readonly names: ReadonlyArray<readonly number[]>;
}

/** The terms of a question with what each is worth in this archive. */
export interface QueryTerms {
  readonly words: readonly WeightedStem[];
  /** What all words are worth together. */
  readonly wordsWorth: number;
  /** The triples of a word share its worth. */
  readonly grams: readonly WeightedStem[];
  readonly gramsWorth: number;
  /** What a word that stands in no passage is worth. */
  readonly mostWorth: number;
  /** Mean length of the archive's passages, in words. */
  readonly meanLength: number;
}

export function readQueryText(query: string): QueryText {
  const { tokens, phrases } = parseMatchQuery(query);
  const content = tokens.filter((token) => !token.stopWord);
  const wordOfStem = new Map(content.map(({ stem, folded }) => [stem, folded]));
  const namesOfStem = new Map<string, Set<number>>();
  for (const token of content) {
    const names = namesOfStem.get(token.stem) ?? new Set();
    for (const skeleton of skeletonsOf(query, [token])) names.add(hashTerm(skeleton));
    namesOfStem.set(token.stem, names);
  }
  return {
    tokens,
    stems: [...wordOfStem.keys()],
    words: [...wordOfStem.values()],
    phrases,
    names: Array.from(namesOfStem.values(), (names) => [...names]),
  };
}

/** @param statistics  Of the question's stems, in their order. */
export function weighQueryTerms(text: QueryText, statistics: LexicalStatistics): QueryTerms {
  const { passages, passagesWith, meanLength } = statistics;
  const weights = text.stems.map((_, i) => stemWeight(passagesWith[i] ?? 0, passages));
  const words = text.stems.map((stem, i) => weighStem(stem, weights[i] ?? 0));
  const grams = text.words.flatMap((word, i) => {
    const triples = [...new Set(gramsOf(word))];
    return triples.map((gram) => weighStem(gram, (weights[i] ?? 0) / triples.length));
  });
  return {
    words,
    wordsWorth: sumOfWeights(words),
    grams,
    gramsWorth: sumOfWeights(grams),
    mostWorth: stemWeight(0, passages),
    meanLength,
  };
}

function sumOfWeights(stems: readonly WeightedStem[]): number {
  return stems.reduce((sum, { weight }) => sum + weight, 0);
}
