import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArticleStore } from '../../src/storage/article-store.js';
import type { LexicalQuery } from '../../src/storage/lexical-index.js';
import { findByWordsIn, type TitledText } from '../../src/storage/memory-lexical-index.js';
import { makeFolder, openSqlite, removeFolder, sketchArticle } from './article-store-fixtures.js';
import { seededRandom } from './vector-index-fixtures.js';

const MODEL = 'model-a';
const ARTICLES = 12;
const PASSAGES_PER_ARTICLE = 250;
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';

/** A number in letters that make one word, which stemming leaves as it is. */
function inLetters(number: number): string {
  const rest = Math.floor(number / CONSONANTS.length);
  return `${rest === 0 ? '' : inLetters(rest)}${CONSONANTS[number % CONSONANTS.length]}`;
}

const wordOf = (rank: number) => `zw${inLetters(rank)}q`;
const ownWordOf = (article: number, ordinal: number) => `n${inLetters(article)}z${inLetters(ordinal)}q`;

// Long enough posting lists that the SQLite adapter leaves some unread: what it finds is held to reading everything.
describe('finding by words among thousands of passages: sqlite', () => {
  const random = seededRandom(3);
  const all: TitledText[] = [];
  let folder: string;
  let store: ArticleStore;

  /** Rank 0 stands in nearly every passage, the rarest in one or two. */
  const word = () => wordOf(Math.floor(3_000 * random() ** 4));

  beforeAll(async () => {
    folder = makeFolder();
    store = await openSqlite(folder);
    for (let i = 0; i < ARTICLES; i += 1) {
      const texts = Array.from({ length: PASSAGES_PER_ARTICLE }, (_, ordinal) =>
        [ownWordOf(i, ordinal), ...Array.from({ length: 8 + Math.floor(random() * 40) }, word)].join(' '),
      );
      const title = `${word()} ${word()}`;
      const { added } = await store.putArticle(sketchArticle({ id: `a${i}`, title, texts }));
      for (const [j, { label }] of added.entries()) all.push({ label, title, text: texts[j]! });
    }
  });

  afterAll(async () => {
    await store.close();
    removeFolder(folder);
  });

  function questions(): LexicalQuery[] {
    return Array.from({ length: 25 }, () => ({
      stems: [wordOf(0), wordOf(1), wordOf(2), ...Array.from({ length: 5 }, word)],
      phrases: [],
    }));
  }

  async function expectTheTruth(query: LexicalQuery, labels?: Uint32Array): Promise<void> {
    const options = { limit: 10, ...(labels === undefined ? {} : { labels }) };
    const found = await store.findByWords(query, { ...options, fingerprint: MODEL });
    expect(found).toEqual(findByWordsIn(all, query, options));
  }

  it('finds the ten best, with their exact scores, though frequent words are left unread', async () => {
    const { passagesWith } = await store.lexicalStatistics([wordOf(0)], { fingerprint: MODEL });
    expect(passagesWith[0]).toBeGreaterThan(2_000);
    for (const query of questions()) await expectTheTruth(query);
  });

  it('finds the ten best of half of the passages', async () => {
    const labels = Uint32Array.from(all.map(({ label }) => label).filter((label) => label % 2 === 0));
    for (const query of questions()) await expectTheTruth(query, labels);
  });

  it('finds the ten best of the many in which a phrase stands', async () => {
    for (const { stems } of questions()) await expectTheTruth({ stems, phrases: [[wordOf(0)], [wordOf(1)]] });
  });

  it('fills up with passages that have only the phrase, by rising label', async () => {
    await expectTheTruth({ stems: [ownWordOf(1, 1), ownWordOf(3, 7)], phrases: [[wordOf(0)]] });
    await expectTheTruth({ stems: [], phrases: [[wordOf(0)]] });
  });

  it('finds what is about as good as the best when a single frequent word is all that is asked', async () => {
    const query = { stems: [wordOf(0)], phrases: [] };
    const found = await store.findByWords(query, { fingerprint: MODEL, limit: 10 });
    const truth = findByWordsIn(all, query, { limit: 10 });
    expect(found).toHaveLength(10);
    expect(found.at(-1)?.score).toBeGreaterThan((truth.at(-1)?.score ?? 0) * 0.98);
  });

  it('finds the ten best among a hundred by estimate, by falling score, of the labels that are allowed', async () => {
    const even = Uint32Array.from(all.map(({ label }) => label).filter((label) => label % 2 === 0));
    for (const labels of [undefined, even]) {
      const narrowed = labels === undefined ? {} : { labels };
      for (const query of questions()) {
        const options = { fingerprint: MODEL, limit: 100, scores: 'estimated', ...narrowed } as const;
        const found = await store.findByWords(query, options);
        const best = findByWordsIn(all, query, { limit: 10, ...narrowed });
        expect(found.map(({ label }) => label)).toEqual(
          expect.arrayContaining(best.map(({ label }) => label)),
        );
        expect(found).toHaveLength(100);
        expect(found).toEqual(found.toSorted((a, b) => b.score - a.score || a.label - b.label));
        if (labels !== undefined) expect(found.every(({ label }) => label % 2 === 0)).toBe(true);
      }
    }
  });
});
