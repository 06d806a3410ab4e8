import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { ArticleStore } from '../../src/storage/article-store.js';
import { matchTokens } from '../../src/text/match-tokens.js';
import { termList } from '../unit/text/term-lists.js';
import { type ArticleSketch, STORE_ADAPTERS, sketchArticle, useStore } from './article-store-fixtures.js';

const MODEL = 'model-a';

/** Made-up words, which no stop list has and every stemmer leaves in one piece. */
const stem = (word: string) => matchTokens(word)[0]!.stem;
const stems = (...words: string[]) => words.map(stem);
const folded = (text: string) => matchTokens(text).map((token) => token.folded);

describe.each(STORE_ADAPTERS)('words in the article store: $name', (adapter) => {
  let store: ArticleStore;
  useStore(adapter, (opened) => {
    store = opened;
  });

  /** @returns the labels of its passages */
  async function put(sketch: ArticleSketch): Promise<number[]> {
    await store.putArticle(sketchArticle({ title: '', ...sketch }));
    const records = await store.passageRecords([
      ...(await store.labels({ fingerprint: sketch.fingerprint ?? MODEL })),
    ]);
    return records.filter(({ passage }) => passage.articleId === sketch.id).map(({ label }) => label);
  }

  async function find(
    query: { stems?: readonly string[]; phrases?: readonly string[] },
    options: { limit?: number; labels?: readonly number[]; fingerprint?: string } = {},
  ): Promise<number[]> {
    const { limit = 100, labels, fingerprint = MODEL } = options;
    const matches = await store.findByWords(
      { stems: query.stems ?? [], phrases: (query.phrases ?? []).map(folded) },
      { fingerprint, limit, ...(labels === undefined ? {} : { labels: Uint32Array.from(labels) }) },
    );
    return matches.map(({ label }) => label);
  }

  it('finds the same, with the same scores and terms, when it was to forget what it kept', async () => {
    const labels = await put({ id: 'a', texts: ['zorkin plamf', 'مبرون قلعف', 'zorkin zorkin tarbok'] });
    const asked = { stems: stems('zorkin', 'مبرون'), phrases: [] };
    const options = { fingerprint: MODEL, limit: 10 };
    const read = async () => ({
      found: await store.findByWords(asked, options),
      statistics: await store.lexicalStatistics(asked.stems, options),
      rows: await store.rankingRows(labels),
      labels: await store.labels({ fingerprint: MODEL, languages: ['en'] }),
    });
    const before = await read();
    expect(before.found).toHaveLength(3);
    store.forget();
    expect(await read()).toEqual(before);
    await put({ id: 'b', texts: ['zorkin'] });
    store.forget();
    expect((await read()).found).toHaveLength(4);
  });

  describe('stems', () => {
    it('finds the passages in which at least one stands, in either script', async () => {
      const [zorkin, mabroun] = await put({ id: 'a', texts: ['zorkin plamf', 'مبرون قلعف', 'tarbok'] });
      expect(await find({ stems: stems('zorkin') })).toEqual([zorkin]);
      expect(await find({ stems: stems('مبرون', 'zorkin') })).toHaveLength(2);
      expect(await find({ stems: stems('قلعف') })).toEqual([mabroun]);
    });

    it('finds the same passages by estimate, when there are no more than are wanted', async () => {
      await put({ id: 'a', texts: ['zorkin plamf', 'مبرون قلعف', 'zorkin zorkin tarbok', 'tarbok'] });
      const query = { stems: stems('zorkin', 'مبرون'), phrases: [] };
      const find = (scores: 'exact' | 'estimated', labels?: Uint32Array) =>
        store.findByWords(query, { fingerprint: MODEL, limit: 10, scores, ...(labels && { labels }) });
      const labelsOf = async (matches: ReturnType<typeof find>) =>
        (await matches).map(({ label }) => label).sort((a, b) => a - b);
      const exact = await labelsOf(find('exact'));
      expect(exact).toHaveLength(3);
      expect(await labelsOf(find('estimated'))).toEqual(exact);
      const [first = 0] = exact;
      expect(await labelsOf(find('estimated', Uint32Array.of(first)))).toEqual([first]);
    });

    it('finds nothing for stems that nobody wrote, and nothing for an empty question', async () => {
      await put({ id: 'a', texts: ['zorkin plamf'] });
      expect(await find({ stems: ['unwritten'] })).toEqual([]);
      expect(await find({})).toEqual([]);
      expect(await find({ phrases: [''] })).toEqual([]);
    });

    it('does not let unknown stems stand in the way of known ones', async () => {
      const [label] = await put({ id: 'a', texts: ['zorkin plamf'] });
      expect(await find({ stems: ['unwritten', ...stems('zorkin')] })).toEqual([label]);
    });

    it('finds every passage of an article by its title', async () => {
      const labels = await put({ id: 'a', title: 'Velmik', texts: ['zorkin', 'plamf'] });
      await put({ id: 'b', title: 'Tarbok', texts: ['zorkin'] });
      expect(await find({ stems: stems('Velmik') })).toEqual(labels);
    });

    it('puts the passage first that has more of the stems, or the rarer one, or has it in its title', async () => {
      await put({ id: 'filler', texts: ['zorkin one', 'zorkin two', 'zorkin three'] });
      const [both] = await put({ id: 'a', texts: ['zorkin plamf'] });
      const [rare] = await put({ id: 'b', texts: ['plamf tarbok'] });
      const [titled] = await put({ id: 'c', title: 'plamf', texts: ['plamf tarbok'] });
      const found = await find({ stems: stems('zorkin', 'plamf') });
      expect(found.slice(0, 3).sort()).toEqual([both, rare, titled].sort());
      expect(found.indexOf(titled!)).toBeLessThan(found.indexOf(rare!));
      expect(found.indexOf(both!)).toBeLessThan(found.indexOf(rare!));
    });

    it('puts more occurrences before fewer, and a shorter passage before a longer one', async () => {
      const [once, twice, long] = await put({
        id: 'a',
        texts: ['zorkin plamf velmik', 'zorkin zorkin velmik', `zorkin ${'tarbok '.repeat(40)}`],
      });
      expect(await find({ stems: stems('zorkin') })).toEqual([twice, once, long]);
    });

    it('gives ties by rising label, at most `limit`, with scores that do not rise', async () => {
      const labels = await put({
        id: 'a',
        texts: Array.from({ length: 8 }, (_, i) => `zorkin plamf${'x'.repeat(i)}`),
      });
      expect(await find({ stems: stems('zorkin') })).toEqual(labels);
      expect(await find({ stems: stems('zorkin') }, { limit: 3 })).toEqual(labels.slice(0, 3));
      const matches = await store.findByWords(
        { stems: stems('zorkin', 'plamf'), phrases: [] },
        { fingerprint: MODEL, limit: 8 },
      );
      const scores = matches.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((score) => score > 0)).toBe(true);
    });

    it('does not count a stem twice that is asked twice', async () => {
      await put({ id: 'a', texts: ['zorkin plamf', 'plamf tarbok'] });
      const once = await store.findByWords(
        { stems: stems('zorkin', 'plamf'), phrases: [] },
        { fingerprint: MODEL, limit: 5 },
      );
      const twice = await store.findByWords(
        { stems: stems('zorkin', 'plamf', 'plamf'), phrases: [] },
        { fingerprint: MODEL, limit: 5 },
      );
      expect(twice).toEqual(once);
    });
  });

  describe('phrases', () => {
    it('finds words that stand side by side in this order, and exactly as they are folded', async () => {
      const [straight] = await put({
        id: 'a',
        texts: ['before zorkin plamf after', 'plamf zorkin', 'zorkin x plamf'],
      });
      await put({ id: 'b', texts: ['zorkin plamfs'] });
      expect(await find({ phrases: ['Zorkin plamf'] })).toEqual([straight]);
      expect(await find({ phrases: ['zorkin plamf after before'] })).toEqual([]);
    });

    it('finds them in the title, but not across title and text', async () => {
      const [label] = await put({ id: 'a', title: 'zorkin plamf', texts: ['velmik tarbok'] });
      expect(await find({ phrases: ['zorkin plamf'] })).toEqual([label]);
      expect(await find({ phrases: ['plamf velmik'] })).toEqual([]);
      expect(await find({ phrases: ['tarbok zorkin'] })).toEqual([]);
    });

    it('wants every phrase, wherever each stands, and orders by the stems', async () => {
      const texts = ['zorkin plamf, tarbok velmik', 'tarbok velmik zorkin plamf grelb', 'zorkin plamf grelb'];
      const [first, second] = await put({ id: 'a', texts });
      const phrases = ['zorkin plamf', 'tarbok velmik'];
      expect(await find({ phrases })).toEqual([first, second]);
      expect(await find({ phrases, stems: stems('grelb') })).toEqual([second, first]);
      expect(await find({ phrases, stems: ['unwritten'] })).toEqual([first, second]);
    });

    it('finds a phrase of one word, and of stop words', async () => {
      const [label] = await put({ id: 'a', texts: ['to be or not to be', 'zorkin'] });
      expect(await find({ phrases: ['to be or not'] })).toEqual([label]);
      expect(await find({ phrases: ['zorkin'] })).toEqual([label! + 1]);
    });
  });

  describe('labels', () => {
    it('finds only these, and all of these that match', async () => {
      const labels = await put({
        id: 'a',
        title: 'velmik',
        texts: Array.from({ length: 30 }, (_, i) => `zorkin plamf${i}`),
      });
      const asked = labels.filter((_, i) => i % 3 === 0);
      expect(await find({ stems: stems('zorkin') }, { labels: asked })).toEqual(asked);
      expect(await find({ phrases: ['velmik'] }, { labels: asked })).toEqual(asked);
      expect(await find({ stems: stems('zorkin') }, { labels: [] })).toEqual([]);
      expect(await find({ phrases: ['velmik'] }, { labels: [] })).toEqual([]);
    });

    it('does not mind labels that are gone, that never were, or that are another model’s', async () => {
      const [gone] = await put({ id: 'gone', texts: ['zorkin'] });
      const [other] = await put({ id: 'other', texts: ['zorkin'], fingerprint: 'model-b' });
      const [label] = await put({ id: 'a', texts: ['zorkin'] });
      await store.removeArticles([asArticleId('gone')]);
      const labels = [gone!, other!, label!, 4_000_000_000];
      expect(await find({ stems: stems('zorkin') }, { labels })).toEqual([label]);
      expect(await find({ phrases: ['zorkin'] }, { labels })).toEqual([label]);
    });
  });

  describe('changes', () => {
    it('does not find what was removed', async () => {
      await put({ id: 'a', texts: ['zorkin'] });
      const [left] = await put({ id: 'b', texts: ['zorkin'] });
      expect(await find({ stems: stems('zorkin') })).toHaveLength(2);
      await store.removeArticles([asArticleId('a')]);
      expect(await find({ stems: stems('zorkin') })).toEqual([left]);
      expect(await find({ phrases: ['zorkin'] })).toEqual([left]);
    });

    it('finds what an article was replaced by, and not what it was before', async () => {
      const [kept] = await put({ id: 'a', texts: ['zorkin', 'plamf'] });
      const [still, added] = await put({ id: 'a', texts: ['zorkin', 'tarbok'] });
      expect(still).toBe(kept);
      expect(await find({ stems: stems('plamf') })).toEqual([]);
      expect(await find({ phrases: ['plamf'] })).toEqual([]);
      expect(await find({ stems: stems('tarbok') })).toEqual([added]);
      expect(await find({ stems: stems('zorkin') })).toEqual([kept]);
    });

    it('finds passages that stay by their article’s changed title, and not by the old one', async () => {
      const labels = await put({ id: 'a', title: 'velmik', texts: ['zorkin', 'plamf'] });
      const termsBefore = (await store.rankingRows(labels)).map((row) => row.terms);
      expect(await put({ id: 'a', title: 'tarbok', texts: ['zorkin', 'plamf'] })).toEqual(labels);
      expect(await find({ stems: stems('velmik') })).toEqual([]);
      expect(await find({ phrases: ['velmik'] })).toEqual([]);
      expect(await find({ stems: stems('tarbok') })).toEqual(labels);
      expect(await find({ phrases: ['tarbok'] })).toEqual(labels);
      const termsAfter = (await store.rankingRows(labels)).map((row) => row.terms);
      expect(termsAfter.map(({ words }) => termList(words))).toEqual(
        termsBefore.map(({ words }) => termList(words)),
      );
      expect(termList(termsAfter[0]!.titleWords)).not.toEqual(termList(termsBefore[0]!.titleWords));
    });

    it('keeps models apart, while an article goes over from one to the other', async () => {
      const [before] = await put({ id: 'a', texts: ['zorkin'] });
      const [other] = await put({ id: 'b', texts: ['zorkin plamf'], fingerprint: 'model-b' });
      expect(await find({ stems: stems('zorkin') })).toEqual([before]);
      expect(await find({ stems: stems('zorkin') }, { fingerprint: 'model-b' })).toEqual([other]);
      expect(await find({ phrases: ['zorkin'] }, { fingerprint: 'model-b' })).toEqual([other]);
      expect(await find({ stems: stems('zorkin') }, { fingerprint: 'model-c' })).toEqual([]);
      await put({ id: 'a', texts: ['zorkin'], fingerprint: 'model-b' });
      expect(await find({ stems: stems('zorkin') })).toEqual([]);
      expect(await find({ stems: stems('zorkin') }, { fingerprint: 'model-b' })).toHaveLength(2);
    });
  });

  describe('statistics', () => {
    it('counts passages, their mean length, and in how many each stem stands, of one model', async () => {
      await put({ id: 'a', title: 'velmik', texts: ['zorkin plamf tarbok', 'zorkin'] });
      await put({ id: 'b', texts: ['zorkin grelb'], fingerprint: 'model-b' });
      const asked = [...stems('zorkin', 'velmik', 'plamf', 'zorkin', 'grelb'), 'unwritten'];
      expect(await store.lexicalStatistics(asked, { fingerprint: MODEL })).toEqual({
        passages: 2,
        meanLength: 2,
        passagesWith: Uint32Array.of(2, 2, 1, 2, 0, 0),
      });
    });

    it('follows every change', async () => {
      const count = async () =>
        (await store.lexicalStatistics(stems('zorkin'), { fingerprint: MODEL })).passagesWith[0];
      expect(await count()).toBe(0);
      await put({ id: 'a', texts: ['zorkin', 'zorkin plamf'] });
      expect(await count()).toBe(2);
      await put({ id: 'a', texts: ['zorkin'] });
      expect(await count()).toBe(1);
      await store.removeArticles([asArticleId('a')]);
      expect(await store.lexicalStatistics(stems('zorkin'), { fingerprint: MODEL })).toEqual({
        passages: 0,
        meanLength: 0,
        passagesWith: Uint32Array.of(0),
      });
    });
  });

  describe('odd words', () => {
    it.each([
      ['a decimal number', '3.14'],
      ['an apostrophe', "o'neil"],
      ['signs', 'C++ zorkin'],
      ['a ligature of four words', 'ﷺ'],
      ['Arabic digits', '١٢٣'],
      ['an accent', 'naïve'],
      ['words without blanks', '東京'],
      ['a letter of two code units', '𝕏'],
      ['40,000 letters', 'a'.repeat(40_000)],
    ])('finds a text by its own words: %s', async (_name, word) => {
      const [label] = await put({ id: 'a', texts: [`zorkin ${word} plamf`] });
      await put({ id: 'b', texts: [`velmik ${word.slice(0, -1)}z tarbok`] });
      const own = matchTokens(word).filter((token) => !token.stopWord);
      expect((await find({ stems: own.map((token) => token.stem) }))[0]).toBe(label);
      expect(await find({ phrases: [`zorkin ${word} plamf`] })).toEqual([label]);
    });

    it.each([
      '"',
      '*',
      'zork*',
      'zorkin OR plamf',
      'NEAR(zorkin plamf)',
      'title:zorkin',
      'stems : zorkin',
      '^zorkin',
      '" OR "zorkin',
      '{title}:zorkin',
      "'; DROP TABLE passages; --",
      '\0',
      '\ud800',
      '1·zorkin',
      '',
    ])('takes a stem for a word and nothing else: %j', async (word) => {
      const [label] = await put({ id: 'a', title: 'zorkin', texts: ['zorkin plamf'] });
      expect(await find({ stems: [word] })).toEqual([]);
      expect(await find({ stems: [word, ...stems('zorkin')] })).toEqual([label]);
      const options = { fingerprint: MODEL, limit: 5 };
      expect(await store.findByWords({ stems: [], phrases: [[word, 'zorkin']] }, options)).toEqual([]);
    });
  });
});
