import { describe, expect, it, vi } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import type { Language } from '../../../src/domain/language.js';
import { asPassageId } from '../../../src/domain/passage.js';
import { type Centring, NO_CENTRING } from '../../../src/embedding/centring.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { findRelatedPassages, type RelatedDependencies } from '../../../src/search/find-related-passages.js';
import { KeptCandidates } from '../../../src/search/kept-candidates.js';
import { KeptPassageRecords } from '../../../src/search/kept-passage-records.js';
import type { RelatedFit } from '../../../src/search/related-fit.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';
import { spansOf } from '../../contract/article-store-fixtures.js';

const NO_USUAL_SHARE = { at0: 0, slope: 0 };
const FIT: RelatedFit = {
  fingerprint: 'fake@64',
  storyFrom: { acrossLanguages: 0.8, withinLanguage: 0.7 },
  usualShare: { acrossLanguages: NO_USUAL_SHARE, withinLanguage: NO_USUAL_SHARE },
};

interface Sketch {
  readonly id: string;
  readonly texts: readonly string[];
  readonly language?: Language;
  readonly title?: string;
}

/** An archive whose embedder knows words only: "translations" have the same words and another language. */
async function archiveOf(sketches: readonly Sketch[], changes: Partial<RelatedDependencies> = {}) {
  const embedder = new FakeEmbedder();
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  const embed = async (text: string) => (await embedder.embedPassages([text]))[0]!;
  for (const { id, texts, language = 'en', title = '' } of sketches) {
    const articleId = asArticleId(id);
    const passages = await Promise.all(
      texts.map(async (text, ordinal) => {
        const sentences = spansOf(text);
        const parts = sentences.length > 1 ? sentences.map(({ start, end }) => text.slice(start, end)) : [];
        return {
          passage: { id: asPassageId(`${id}:${ordinal}`), articleId, ordinal, text, language, sentences },
          embedding: await embed(text),
          sentenceEmbeddings: await Promise.all(parts.map(embed)),
        };
      }),
    );
    const { added } = await store.putArticle({
      article: {
        id: articleId,
        title,
        language,
        tags: [],
        origin: { file: `${id}.txt` },
        paragraphs: [],
        dropped: [],
      },
      source: 'corpus',
      contentHash: id,
      passages,
      titleEmbedding: title === '' ? null : await embed(title),
      fingerprint: embedder.fingerprint,
    });
    await index.add(added.map(({ label }, place) => ({ label, vector: passages[place]!.embedding })));
  }
  const dependencies: RelatedDependencies = {
    embedder: { fingerprint: embedder.fingerprint },
    store,
    index,
    centring: NO_CENTRING,
    keptCandidates: new KeptCandidates({
      store,
      centring: NO_CENTRING,
      dimensions: embedder.dimensions,
    }),
    passageRecords: new KeptPassageRecords(store),
    relatedFit: FIT,
    ...changes,
  };
  return {
    store,
    related: (
      id: string,
      options: { limit?: number; languages?: readonly Language[]; sameArticle?: boolean } = {},
    ) =>
      findRelatedPassages(dependencies, {
        passageId: asPassageId(id),
        limit: 10,
        sameArticle: false,
        ...options,
      }),
  };
}

const NILE = 'The Nile floods every summer. Farmers wait for the black mud.';
const SKETCHES: readonly Sketch[] = [
  { id: 'nile', texts: [NILE, 'The Nile floods again. Farmers wait.'] },
  { id: 'copy', texts: ['Copied: The Nile floods every summer. Farmers wait for the black mud today.'] },
  { id: 'arabic', language: 'ar', texts: [NILE, 'Clocks and elephants. Water drips.'] },
  { id: 'farms', texts: ['Farmers sow wheat in autumn. The harvest is in spring.'] },
  { id: 'moon', texts: ['Rockets burn fuel. Astronauts walk slowly.'] },
];

describe('findRelatedPassages', () => {
  it('finds what is nearest in other articles of both languages, and the model is not asked', async () => {
    const { related } = await archiveOf(SKETCHES);
    const result = await related('nile:0', { limit: 3 });
    expect(result).toMatchObject({ passageId: 'nile:0', indexGeneration: 5, modelFingerprint: 'fake@64' });
    expect(result.hits.map((hit) => hit.id)).toEqual(['arabic:0', 'copy:0', 'farms:0']);
    expect(result.hits.map((hit) => hit.language)).toEqual(['ar', 'en', 'en']);
  });

  it('finds passages of the same article when asked to, never the passage itself', async () => {
    const { related } = await archiveOf(SKETCHES);
    const ids = async (sameArticle: boolean) =>
      (await related('nile:0', { sameArticle, limit: 100 })).hits.map((hit) => hit.id);
    expect(await ids(false)).toHaveLength(5);
    expect(await ids(true)).toHaveLength(6);
    expect(await ids(true)).toContain('nile:1');
    expect(await ids(true)).not.toContain('nile:0');
  });

  it('finds other articles also when hundreds of passages of its own are nearer', async () => {
    const own = Array.from({ length: 200 }, (_, i) => `The Nile floods ${i}`);
    const { related } = await archiveOf([
      { id: 'long', texts: own },
      { id: 'other', texts: ['A cat sleeps'] },
    ]);
    expect((await related('long:0')).hits.map((hit) => hit.id)).toEqual(['other:0']);
  });

  it('keeps to the languages that are wanted', async () => {
    const { related } = await archiveOf(SKETCHES);
    const { hits } = await related('nile:0', { languages: ['ar'] });
    expect(hits.map((hit) => hit.id)).toEqual(['arabic:0', 'arabic:1']);
  });

  it('says which passages tell the same, in the other language or as near copies', async () => {
    const { related } = await archiveOf(SKETCHES);
    const { hits } = await related('nile:0');
    const same = hits.filter((hit) => hit.sameStory).map((hit) => hit.id);
    expect(same).toEqual(['arabic:0', 'copy:0']);
    expect(hits.filter((hit) => hit.sameStory === false)).toHaveLength(3);
  });

  it('does not take one shared sentence for the same story in the other language', async () => {
    const { related } = await archiveOf([
      { id: 'a', texts: ['Farmers wait for the mud. Reed boats carry grain down to Memphis.'] },
      { id: 'b', language: 'ar', texts: ['Farmers wait for the mud. Taxes rose twice under later kings.'] },
    ]);
    expect((await related('a:0')).hits[0]).toMatchObject({ id: 'b:0', sameStory: false });
  });

  it('judges passages of one sentence by their own vectors', async () => {
    const { related } = await archiveOf([
      { id: 'a', texts: ['Farmers wait for the mud'] },
      { id: 'b', language: 'ar', texts: ['Farmers wait for the mud'] },
      { id: 'c', language: 'ar', texts: ['Rockets burn fuel. Astronauts walk.'] },
    ]);
    const { hits } = await related('a:0');
    expect(hits.map((hit) => [hit.id, hit.sameStory])).toEqual([
      ['b:0', true],
      ['c:0', false],
    ]);
  });

  it('judges nothing by vectors of a model that was not measured', async () => {
    const { related } = await archiveOf(SKETCHES, { relatedFit: null });
    const { hits } = await related('nile:0');
    expect(new Set(hits.map((hit) => hit.sameStory))).toEqual(new Set([null]));
  });

  it('marks the sentence that is nearest to the passage', async () => {
    const { related } = await archiveOf([
      { id: 'a', texts: ['Rockets burn fuel'] },
      { id: 'b', texts: ['A cat sleeps all day. Big rockets burn fuel. It rains.'] },
    ]);
    const [hit] = (await related('a:0')).hits;
    expect(hit!.text.slice(hit!.bestSentence.start, hit!.bestSentence.end)).toBe('Big rockets burn fuel.');
  });

  it('puts first of two like passages the one whose article is about the matter', async () => {
    const { related } = await archiveOf([
      { id: 'a', texts: ['Rockets burn fuel'] },
      { id: 'b', texts: ['Rockets burn brightly'], title: 'Cats' },
      { id: 'c', texts: ['Rockets burn brightly'], title: 'Fuel of rockets' },
    ]);
    expect((await related('a:0')).hits.map((hit) => hit.id)).toEqual(['c:0', 'b:0']);
  });

  it('centres the passage as a passage before it looks for others', async () => {
    const asked: Float32Array[] = [];
    const mean = new Float32Array(64).fill(0.05);
    const centring: Centring = { id: 'test', mean: (_, role) => (role === 'passage' ? mean : null) };
    const index = {
      dimensions: 64,
      size: async () => 0,
      search: async (vector: Float32Array) => {
        asked.push(vector);
        return [];
      },
    };
    const { related, store } = await archiveOf(SKETCHES, { centring, index });
    const kept = await store.passageVector(asPassageId('nile:0'), { fingerprint: 'fake@64' });
    expect((await related('nile:0')).hits).toEqual([]);
    const difference = kept!.embedding.map((value) => value - 0.05);
    const length = Math.hypot(...difference);
    expect(asked[0]![7]).toBeCloseTo(difference[7]! / length, 5);
  });

  it('leaves out what the index still has and the store has no more', async () => {
    const { related, store } = await archiveOf(SKETCHES);
    await store.removeArticles([asArticleId('copy')]);
    const ids = (await related('nile:0', { limit: 100 })).hits.map((hit) => hit.id);
    expect(ids).toHaveLength(4);
    expect(ids).not.toContain('copy:0');
  });

  it.each(['rankingRows', 'passageRecords'] as const)(
    'leaves out a passage that is removed before its %s are read',
    async (method) => {
      const { related, store } = await archiveOf(SKETCHES);
      const read = store[method].bind(store) as (labels: readonly number[]) => Promise<never[]>;
      vi.spyOn(store, method).mockImplementation(async (labels) => {
        await store.removeArticles([asArticleId('copy')]);
        return read(labels);
      });
      const ids = (await related('nile:0', { limit: 100 })).hits.map((hit) => hit.id);
      expect(ids).toHaveLength(4);
      expect(ids).not.toContain('copy:0');
    },
  );

  it('does not find a passage that is removed while others are looked for', async () => {
    const { related, store } = await archiveOf(SKETCHES);
    const read = store.rankingRows.bind(store);
    vi.spyOn(store, 'rankingRows').mockImplementation(async (labels) => {
      await store.removeArticles([asArticleId('nile')]);
      return read(labels);
    });
    await expect(related('nile:0')).rejects.toMatchObject({ code: 'PASSAGE_NOT_FOUND' });
  });

  it.each(['nile:7', 'nile', ''])('refuses the id "%s", which no passage has', async (id) => {
    const { related } = await archiveOf(SKETCHES);
    await expect(related(id)).rejects.toMatchObject({ code: 'PASSAGE_NOT_FOUND', details: { id } });
  });
});
