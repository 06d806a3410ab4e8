/** Words that are kept: about 3 MB. */
const MOST_WORDS = 20_000;

/** In UTF-16 code units. What is longer (addresses, encoded data) seldom comes again, and would take much memory. */
const LONGEST_WORD = 40;

/**
 * Tokenises a text word by word and remembers the words, for a tokenizer of which a text's tokens are those of its
 * words, cut at spaces. Most words of a question have been seen before, in the archive or in other questions, and
 * looking one up costs a hundredth of finding its best pieces.
 * Memory: at most 20,000 words of at most 40 characters; beyond that it starts anew.
 */
export class WordTokenCache {
  readonly #tokenise: (word: string) => readonly number[];
  readonly #mostWords: number;
  readonly #known = new Map<string, readonly number[]>();

  /**
   * @param tokenise  Ids of a word without special tokens. A word is whatever stands between two spaces (U+0020), other
   *   white space in it too.
   * @param mostWords  Default: 20,000.
   */
  constructor(tokenise: (word: string) => readonly number[], mostWords = MOST_WORDS) {
    this.#tokenise = tokenise;
    this.#mostWords = mostWords;
  }

  /** The same ids that the tokenizer gives to the whole text, without special tokens. */
  tokenise(text: string): number[] {
    const ids: number[] = [];
    for (const word of text.split(' ')) {
      if (word !== '') for (const id of this.#idsOf(word)) ids.push(id);
    }
    return ids;
  }

  #idsOf(word: string): readonly number[] {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const ids = this.#tokenise(word);
    if (word.length <= LONGEST_WORD) {
      if (this.#known.size >= this.#mostWords) this.#known.clear();
      this.#known.set(ownCopy(word), ids);
    }
    return ids;
  }
}

/** A part of a string keeps the whole alive, however short it is; this one does not. Lone surrogates stay as they are. */
function ownCopy(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}
