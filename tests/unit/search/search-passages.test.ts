import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';
import { SEARCH_MODES, type SearchRequest } from '../../../src/search/search-request.js';
import { RecordedStages } from '../../../src/telemetry/search-stages.js';
import { type ArchivedArticle, openSearchArchive, type SearchArchive } from './search-archive.js';
import { WEIGHTS } from './search-dependencies.js';

const SUBJECTS = ['river', 'bridge', 'granite', 'harbour', 'orchard', 'lantern', 'mosaic', 'caravan'];
const ARABIC_SUBJECTS = ['نهر', 'جسر', 'غرانيت', 'مرفأ', 'بستان', 'قنديل', 'فسيفساء', 'قافلة'];

/** 90 articles of three passages, every third in Arabic, one published on each day from 1 January 2024. */
const ARTICLES: readonly ArchivedArticle[] = Array.from({ length: 90 }, (_, i) => {
  const isArabic = i % 3 === 0;
  const subjects = isArabic ? ARABIC_SUBJECTS : SUBJECTS;
  const subject = (step: number) => subjects[(i * 5 + step * 3 + ((i * step) % 7)) % subjects.length]!;
  const texts = [1, 2, 3].map((step) =>
    isArabic
      ? `كلمة عن ${subject(step)} رقم ${100 + i}. ثم ${subject(step + 1)} عند ${subject(step + 2)} في الجزء ${step}.`
      : `Lines about the ${subject(step)} of ${100 + i}. Then a ${subject(step + 1)} and a ${subject(step + 2)} in part ${step}.`,
  );
  return {
    id: `a${i}`,
    texts,
    title: i % 4 === 0 ? '' : `${subject(1)} ${i}`,
    language: isArabic ? 'ar' : 'en',
    publishedAt: new Date(Date.UTC(2024, 0, 1 + i)).toJSON().slice(0, 10),
    tags: [i % 2 === 0 ? 'even' : 'odd'],
  };
});
const PASSAGES = 3 * ARTICLES.length;
const PHRASE = /about the (.* of \d+)/.exec(ARTICLES[1]!.texts[0]!)![1]!;
const QUOTING = `"${PHRASE}" granite`;
const HOLDING = ARTICLES.flatMap(({ texts }) => texts).filter((text) => text.includes(PHRASE));

let archive: SearchArchive;
beforeAll(async () => {
  archive = await openSearchArchive(ARTICLES);
});

const search = (request: Partial<SearchRequest> & { query: string }) => archive.search(request);
const idsOf = async (request: Partial<SearchRequest> & { query: string }) =>
  (await search(request)).hits.map(({ id }) => id);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('searchPassages', () => {
  it.each(SEARCH_MODES)('answers the same request with the same reply (%s)', async (mode) => {
    const request = { query: 'granite bridge of 133', mode, limit: 50, explain: true };
    const first = await search(request);
    expect(first.hits.length).toBeGreaterThan(10);
    expect(await search(request)).toEqual(first);
    expect(await (await openSearchArchive(ARTICLES)).search(request)).toEqual(first);
  });

  it.each(SEARCH_MODES)('answers alike whatever it has seen before (%s)', async (mode) => {
    const fresh = await openSearchArchive(ARTICLES);
    const request = { query: 'granite bridge of 133', mode, limit: 50, explain: true };
    const first = await fresh.search(request);
    for (const subject of [...SUBJECTS, ...ARABIC_SUBJECTS])
      await fresh.search({ query: subject, limit: 50 });
    expect(await fresh.search(request)).toEqual(first);
  });

  it('tells how many passages were asked, in which language, of which model', async () => {
    expect(await search({ query: 'جسر' })).toMatchObject({
      total: PASSAGES,
      queryLanguage: 'ar',
      indexGeneration: ARTICLES.length,
      modelFingerprint: archive.embedder.fingerprint,
    });
  });

  it('tells what found a passage', async () => {
    const { hits } = await search({ query: 'bridge', limit: 100, explain: true });
    const foundBy = new Set(hits.map(({ explanation }) => explanation?.foundBy.join(' and ')));
    expect(foundBy).toContain('dense');
    expect(foundBy).toContain('dense and keyword');
  });

  it.each(SEARCH_MODES)('has scores that its explanations add up to (%s)', async (mode) => {
    const { hits } = await search({ query: 'bridge 133', mode, limit: 100, explain: true });
    for (const { score, explanation } of hits) {
      expect(sum(explanation!.parts.map(({ share }) => share))).toBeCloseTo(score, 12);
    }
  });

  it('asks the model nothing in mode keyword, and judges no answer', async () => {
    const before = archive.embedder.embeddedTexts;
    const { hits, answerability } = await search({ query: 'lantern', mode: 'keyword' });
    expect(archive.embedder.embeddedTexts).toBe(before);
    expect(answerability).toBeNull();
    expect(hits.length).toBeGreaterThan(0);
    for (const { text, title } of hits) expect(`${title} ${text}`).toContain('lantern');
  });

  it('finds nothing by stop words in mode keyword', async () => {
    expect((await search({ query: 'where is it', mode: 'keyword' })).hits).toEqual([]);
  });

  it('finds in mode keyword only what holds a quoted phrase, marked in one piece', async () => {
    const { hits } = await search({ query: QUOTING, mode: 'keyword' });
    expect(hits.map(({ text }) => text).sort()).toEqual([...HOLDING].sort());
    for (const { text, highlights } of hits) {
      expect(highlights.map(({ start, end }) => text.slice(start, end))).toContain(PHRASE);
    }
    expect((await search({ query: '"granite river harbour orchard"', mode: 'keyword' })).hits).toEqual([]);
  });

  it('finds in mode hybrid what holds a quoted phrase first, and others of both languages behind', async () => {
    const { hits } = await search({ query: QUOTING, limit: 100 });
    const texts = hits.map(({ text }) => text);
    expect(texts.slice(0, HOLDING.length).sort()).toEqual([...HOLDING].sort());
    expect(hits).toHaveLength(100);
    expect(new Set(hits.slice(HOLDING.length).map(({ language }) => language))).toEqual(
      new Set(['ar', 'en']),
    );
  });

  it('counts a quoted phrase as a part of the score of what holds it, and of nothing else', async () => {
    const { hits } = await search({ query: QUOTING, languages: ['en'], limit: 100, explain: true });
    const { words, grams, phrases } = WEIGHTS;
    for (const { text, score, explanation } of hits) {
      const { parts } = explanation!;
      const value = HOLDING.includes(text) ? 1 : 0;
      const weight = phrases / (1 + words + grams);
      expect(parts).toContainEqual({ feature: 'phrases', value, weight, share: value * weight });
      expect(sum(parts.map(({ share }) => share))).toBeCloseTo(score, 12);
    }
  });

  it('answers with other passages in mode hybrid when none holds a quoted phrase', async () => {
    const { hits } = await search({ query: '"granite river harbour orchard"' });
    expect(hits).toHaveLength(10);
  });

  it('takes quotation marks for nothing in mode dense', async () => {
    const marked = await search({ query: QUOTING, mode: 'dense' });
    const plain = await search({ query: QUOTING.replaceAll('"', ''), mode: 'dense' });
    expect(marked.hits.map(({ id, score }) => ({ id, score }))).toEqual(
      plain.hits.map(({ id, score }) => ({ id, score })),
    );
  });

  it('finds a number across languages, and counts it as a word that both share', async () => {
    const query = 'الرقم 134 في السجل';
    const { hits } = await search({ query, languages: ['en'], limit: 100, explain: true });
    const shared = hits.filter(({ text }) => text.includes('134'));
    expect(shared).toHaveLength(3);
    for (const hit of hits) {
      const { parts } = hit.explanation!;
      const names = parts.find(({ feature }) => feature === 'translated')!.value;
      if (shared.includes(hit)) expect(names).toBeGreaterThan(0);
      else expect(names).toBe(0);
    }
    for (const { explanation } of shared) expect(explanation?.foundBy).toContain('keyword');
  });

  it('takes a weight of 0 for a weight', async () => {
    const weights = { ...WEIGHTS, words: 0, grams: 0, leader: { ...WEIGHTS.leader, weight: 0 } };
    const wordless = await openSearchArchive(ARTICLES, weights);
    const request = { query: 'granite bridge', languages: ['en'] as const, limit: 60 };
    const { hits } = await wordless.search(request);
    const dense = await search({ ...request, mode: 'dense' });
    const scores = new Map(dense.hits.map(({ id, score }) => [id, score]));
    const both = hits.filter(({ id }) => scores.has(id));
    expect(both.length).toBeGreaterThan(30);
    for (const { id, score } of both) expect(score).toBeCloseTo(scores.get(id)!, 12);
    expect(hits.map(({ score }) => score)).not.toEqual(
      (await search(request)).hits.map(({ score }) => score),
    );
  });

  it('tells where its time goes, and how many candidates it found', async () => {
    const stages = new RecordedStages();
    const startedAt = performance.now();
    await archive.search({ query: 'granite bridge' }, { stages });
    const endedAt = performance.now();
    expect(Object.keys(stages.totalMs())).toEqual(['words', 'vector', 'rank', 'show']);
    for (const time of stages.times) {
      expect(time.startedAt).toBeGreaterThanOrEqual(startedAt);
      expect(time.endedAt).toBeGreaterThanOrEqual(time.startedAt);
      expect(time.endedAt).toBeLessThanOrEqual(endedAt);
    }
    const { admitted, byVector, byWords, ranked } = stages.counts;
    expect([admitted, byVector]).toEqual([PASSAGES, 100]);
    expect(byWords).toBeGreaterThan(10);
    expect(ranked).toBeGreaterThanOrEqual(100);
    expect(ranked).toBeLessThanOrEqual(100 + byWords!);
  });

  it('tells nothing of a vector when words alone are asked', async () => {
    const stages = new RecordedStages();
    await archive.search({ query: 'granite bridge', mode: 'keyword' }, { stages });
    expect(Object.keys(stages.totalMs())).toEqual(['words', 'rank', 'show']);
    expect(stages.counts.byVector).toBe(0);
  });

  it('stops when its caller has gone', async () => {
    const gone = AbortSignal.abort();
    await expect(archive.search({ query: 'bridge' }, { signal: gone })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('pages', () => {
  it.each(SEARCH_MODES)(
    'give every passage once across the blocks that are ranked together (%s)',
    async (mode) => {
      const query = `${SUBJECTS.join(' ')} ${ARABIC_SUBJECTS.join(' ')}`;
      const pages = await Promise.all(
        [0, 90, 180].map((offset) => idsOf({ query, mode, offset, limit: 90 })),
      );
      const ids = pages.flat();
      expect(ids).toHaveLength(PASSAGES);
      expect(new Set(ids).size).toBe(PASSAGES);
    },
  );

  it('fit together whatever their size, in every mode, with filters, diversity and grouping', async () => {
    const request = fc.record({
      query: fc.subarray([...SUBJECTS, ...ARABIC_SUBJECTS, '133'], { minLength: 1, maxLength: 4 }),
      mode: fc.constantFrom(...SEARCH_MODES),
      offset: fc.constantFrom(0, 5, 96),
      diversity: fc.constantFrom(0, 0.4),
      isGrouped: fc.boolean(),
      languages: fc.constantFrom([], ['ar'] as const, ['en'] as const),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ query, mode, offset, diversity, isGrouped, languages }) => {
        const page = (from: number, limit: number) =>
          idsOf({
            query: query.join(' '),
            mode,
            diversity,
            offset: from,
            limit,
            ...(languages.length === 0 ? {} : { languages }),
            ...(isGrouped ? { groupBy: 'article' } : {}),
          });
        const pages = [await page(offset, 3), await page(offset + 3, 3), await page(offset + 6, 3)];
        expect(pages.flat()).toEqual(await page(offset, 9));
      }),
      { numRuns: 40 },
    );
  });
});

describe('group_by, diversity and filters', () => {
  it('make each article one hit: the best of its passages, in the same order', async () => {
    const query = 'granite bridge';
    const grouped = await search({ query, groupBy: 'article', limit: 20 });
    const articles = grouped.hits.map(({ articleId }) => articleId);
    expect(new Set(articles).size).toBe(20);
    const single = await search({ query, limit: 100 });
    const firsts = new Map(single.hits.toReversed().map((hit) => [hit.articleId, hit.id]));
    for (const { articleId, id, group } of grouped.hits) {
      expect(id).toBe(firsts.get(articleId) ?? id);
      const { count, others } = group!;
      expect(others).toHaveLength(count - 1);
      expect(others.map(({ score }) => score)).toEqual(
        others.map(({ score }) => score).toSorted((a, b) => b - a),
      );
    }
  });

  it('put hits that differ first, and lose none of the first hundred', async () => {
    const query = 'granite bridge';
    const plain = await idsOf({ query, limit: 100 });
    const diverse = await idsOf({ query, limit: 100, diversity: 0.5 });
    expect(diverse[0]).toBe(plain[0]);
    expect(diverse).not.toEqual(plain);
    expect(new Set(diverse)).toEqual(new Set(plain));
  });

  it('work together', async () => {
    const filters = readSearchFilter(
      {
        type: 'and',
        filters: [
          { type: 'gte', key: 'published_at', value: '2024-02-01' },
          { type: 'eq', key: 'tags', value: 'even' },
        ],
      },
      'filters',
    );
    const admitted = ARTICLES.filter(
      ({ publishedAt, tags, language }) =>
        publishedAt! >= '2024-02-01' && tags![0] === 'even' && language === 'en',
    );
    const { hits, total } = await search({
      query: 'river mosaic caravan',
      filters,
      languages: ['en'],
      groupBy: 'article',
      diversity: 0.3,
      limit: 100,
      explain: true,
    });
    expect(total).toBe(3 * admitted.length);
    expect(hits.map(({ articleId }) => articleId).sort()).toEqual(admitted.map(({ id }) => id).sort());
    for (const { group, explanation } of hits) {
      expect(group?.count).toBe(3);
      expect(explanation).toBeDefined();
    }
  });
});
