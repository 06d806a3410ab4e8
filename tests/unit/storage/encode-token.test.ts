import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OCCURRENCE_MARKS } from '../../../src/storage/bm25.js';
import { encodeToken, phraseQuery, stemToken } from '../../../src/storage/encode-token.js';

/** Any UTF-16, lone surrogates and control characters included. */
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom('3.14', "o'neil", 'A', 'a', 'NEAR', '"', '\0', '\ue000', '\ue0000041', '\ud800', 'كتاب'),
);

describe('encoding tokens', () => {
  let database: Database.Database;
  let tokensOf: (text: string) => string[];

  beforeAll(() => {
    database = new Database(':memory:');
    database.exec(`
      CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'ascii');
      CREATE VIRTUAL TABLE tokens USING fts5vocab ('words', 'instance');`);
    const put = database.prepare('INSERT OR REPLACE INTO words (rowid, text) VALUES (1, ?)');
    const read = database.prepare('SELECT term FROM tokens ORDER BY "offset"').pluck();
    tokensOf = (text) => {
      put.run(text);
      return read.all() as string[];
    };
  });
  afterAll(() => database.close());

  it('leaves letters and digits of any script as they are', () => {
    for (const plain of ['كتاب', 'حَبّ', 'naïve', 'ab12', '東京', '𝕏', '١٢'])
      expect(encodeToken(plain)).toBe(plain);
  });

  it('gives FTS5 tokens that it neither splits nor folds', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(40), (words, fingerprint) => {
        const tokens = words.flatMap((one) => [
          encodeToken(one),
          ...OCCURRENCE_MARKS.map(({ name }) => stemToken(one, { fingerprint, mark: name })),
        ]);
        expect(tokensOf(tokens.join(' '))).toEqual(tokens);
      }),
    );
  });

  it('keeps words, fingerprints and marks apart', () => {
    fc.assert(
      fc.property(word, word, fc.nat(40), fc.nat(40), (a, b, first, second) => {
        expect(encodeToken(a) === encodeToken(b)).toBe(a === b);
        for (const { name: mark } of OCCURRENCE_MARKS) {
          const token = stemToken(a, { fingerprint: first, mark });
          expect(token === stemToken(b, { fingerprint: second, mark: 'twice' })).toBe(
            a === b && first === second && mark === 'twice',
          );
        }
      }),
    );
  });

  it('keeps words apart that are longer than FTS5’s tokens may be, in tokens that are not', () => {
    const long = 'x'.repeat(40_000);
    const tokens = [encodeToken(`${long}a`), encodeToken(`${long}b`), encodeToken('.'.repeat(40_000))];
    expect(new Set(tokensOf(tokens.join(' '))).size).toBe(3);
    expect(Math.max(...tokens.map((token) => token.length))).toBeLessThan(100);
  });

  it('makes of any words a query that finds them side by side', () => {
    const find = database.prepare('SELECT count(*) FROM words WHERE words MATCH ?').pluck();
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        tokensOf(['before', ...words.map(encodeToken), 'after'].join(' '));
        expect(find.get(phraseQuery(words))).toBe(1);
        expect(find.get(phraseQuery([...words, 'before']))).toBe(0);
      }),
    );
  });
});
