import { describe, expect, it } from 'vitest';
import { WordTokenCache } from '../../../src/embedding/word-token-cache.js';

/** A word's tokens are its letters; remembers what it was asked. */
function letters(mostWords?: number) {
  const asked: string[] = [];
  const cache = new WordTokenCache((word) => {
    asked.push(word);
    return Array.from(word, (letter) => letter.codePointAt(0) ?? 0);
  }, mostWords);
  return { asked, cache };
}

describe('WordTokenCache', () => {
  it('puts the tokens of the words one after the other', () => {
    expect(letters().cache.tokenise('ab c')).toEqual([97, 98, 99]);
  });

  it('tokenises a word once, however often and wherever it stands', () => {
    const { asked, cache } = letters();
    cache.tokenise('one two one');
    expect(cache.tokenise('two one')).toEqual(letters().cache.tokenise('two one'));
    expect(asked).toEqual(['one', 'two']);
  });

  it('cuts at spaces only, and takes several for one', () => {
    const { asked, cache } = letters();
    cache.tokenise('  a\tb   c\u00A0d\u3000e ');
    expect(asked).toEqual(['a\tb', 'c\u00A0d\u3000e']);
    expect(cache.tokenise(' ')).toEqual([]);
    expect(cache.tokenise('')).toEqual([]);
  });

  it('keeps words apart that differ in a mark, a case or half a surrogate pair', () => {
    const { asked, cache } = letters();
    const words = [
      'كتب',
      'كُتب',
      'Word',
      'word',
      '\uD83D',
      '\uDE00',
      '\uD83D\uDE00',
      'constructor',
      '__proto__',
    ];
    cache.tokenise(words.join(' '));
    expect(cache.tokenise(words.join(' '))).toEqual(words.flatMap((word) => letters().cache.tokenise(word)));
    expect(asked).toEqual(words);
  });

  it('starts anew when it is full', () => {
    const { asked, cache } = letters(2);
    cache.tokenise('a b a');
    cache.tokenise('c c a');
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('does not keep very long words, and tokenises them all the same', () => {
    const { asked, cache } = letters();
    const long = 'x'.repeat(41);
    expect(cache.tokenise(`${long} ${long}`)).toHaveLength(82);
    expect(asked).toEqual([long, long]);
  });
});
