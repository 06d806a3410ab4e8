import porter2 from 'wink-porter2-stemmer';

/** Only words of these letters are stemmed; and none so long that it is no word. */
const ENGLISH_WORD = /^[a-z]{3,40}$/;

/**
 * The stem of an English word by the rules of Snowball English (Porter 2): "cities" and "city" are both "citi".
 * @param word  Lower case, without accents and apostrophes. What is no English word is returned as it is.
 * Source: https://snowballstem.org/algorithms/english/stemmer.html
 */
export function englishStem(word: string): string {
  return ENGLISH_WORD.test(word) ? porter2(word) : word;
}
