import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { asPassageId } from '../../src/domain/passage.js';
import type { ArticleStore } from '../../src/storage/article-store.js';
import { quantiseVector } from '../../src/storage/sentence-vectors.js';
import { passageTerms } from '../../src/text/passage-terms.js';
import { termLists } from '../unit/text/term-lists.js';
import { DIMENSIONS, STORE_ADAPTERS, sketchArticle, useStore, vectorOf } from './article-store-fixtures.js';

const MODEL = 'model-a';

describe.each(STORE_ADAPTERS)('vectors in the article store: $name', (adapter) => {
  let store: ArticleStore;
  useStore(adapter, (opened) => {
    store = opened;
  });

  async function labelsOfModel(fingerprint = MODEL): Promise<number[]> {
    return [...(await store.labels({ fingerprint }))];
  }

  it('gives ranking rows in the order asked, leaving out what is gone', async () => {
    const { added } = await store.putArticle(
      sketchArticle({ id: 'a', title: '', texts: ['One', 'Two. More.', 'Three'] }),
    );
    const [one, two, three] = added.map(({ label }) => label);
    const rows = await store.rankingRows([three!, 999_999, one!, two!]);
    expect(rows.map((row) => row.label)).toEqual([three, one, two]);
    expect(rows[0]).toEqual({
      label: three,
      articleNumber: expect.any(Number),
      language: 'en',
      passage: quantiseVector(vectorOf('model-a Three')),
      sentences: null,
      title: null,
      terms: rows[0]!.terms,
    });
    expect(termLists(rows[0]!.terms)).toEqual(termLists(passageTerms('Three', '')));
    expect(rows[2]?.sentences?.scales).toHaveLength(2);
    expect(rows[2]?.sentences?.codes).toHaveLength(2 * DIMENSIONS);
  });

  it('gives back each number of a sentence vector to within half its scale', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One. Two, which is longer. Three.'] });
    const { added } = await store.putArticle(input);
    const [row] = await store.rankingRows([added[0]!.label]);
    const { codes, scales } = row!.sentences!;
    input.passages[0]!.sentenceEmbeddings.forEach((vector, sentence) => {
      const scale = scales[sentence]!;
      expect(scale).toBeLessThanOrEqual(1 / 127 + 1e-6);
      vector.forEach((value, i) => {
        expect(Math.abs(codes[sentence * DIMENSIONS + i]! * scale - value)).toBeLessThanOrEqual(
          scale / 2 + 1e-7,
        );
      });
    });
  });

  it('gives all vectors of a model in batches, by rising label', async () => {
    for (const id of ['a', 'b', 'c']) {
      await store.putArticle(sketchArticle({ id, texts: [`${id} one`, `${id} two`] }));
    }
    await store.putArticle(sketchArticle({ id: 'd', texts: ['other'], fingerprint: 'model-b' }));
    const seen: number[] = [];
    for (let after = -1; ; ) {
      const batch = await store.embeddings({ fingerprint: MODEL, after, limit: 4 });
      if (batch.length === 0) break;
      seen.push(...batch.map(({ label }) => label));
      after = seen.at(-1)!;
    }
    expect(seen).toEqual(await labelsOfModel());
    const [first] = await store.embeddings({ fingerprint: MODEL, limit: 1 });
    expect(first).toEqual({ label: seen[0], language: 'en', embedding: vectorOf('model-a a one') });
  });

  it('finds a passage by its id, with its raw vector and what is shown of it', async () => {
    await store.putArticle(sketchArticle({ id: 'b', texts: ['Other'] }));
    const input = sketchArticle({ id: 'أخبار/a:1', texts: ['One. Two.', 'نص: 2/3'], title: 'A title' });
    const { added } = await store.putArticle(input);
    expect(await store.passageVector(asPassageId('أخبار/a:1:نص: 2/3'), { fingerprint: MODEL })).toEqual({
      label: added[1]!.label,
      passage: input.passages[1]!.passage,
      title: 'A title',
      url: null,
      publishedAt: null,
      tags: ['one', 'وسم'],
      source: 'corpus',
      embedding: input.passages[1]!.embedding,
      articlePassages: 2,
    });
  });

  it('finds no passage of an unknown id, of another model, or of an article that was removed', async () => {
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two'] }));
    const one = asPassageId('a:One');
    expect(await store.passageVector(asPassageId('a:Three'), { fingerprint: MODEL })).toBeNull();
    expect(await store.passageVector(one, { fingerprint: 'model-b' })).toBeNull();
    expect(await store.passageVector(one, { fingerprint: MODEL })).toMatchObject({ articlePassages: 2 });
    await store.removeArticles([asArticleId('a')]);
    expect(await store.passageVector(one, { fingerprint: MODEL })).toBeNull();
  });

  it('knows the vectors of texts that an article already has under a model', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One. Two.', 'Three'] });
    await store.putArticle(input);
    const texts = ['Three', 'unknown', 'One. Two.'];
    const known = await store.knownEmbeddings(asArticleId('a'), MODEL, texts);
    expect(known[0]).toEqual({
      embedding: input.passages[1]!.embedding,
      sentenceEmbeddings: [],
      sentences: input.passages[1]!.passage.sentences,
    });
    expect(known[1]).toBeNull();
    expect(known[2]?.embedding).toEqual(input.passages[0]!.embedding);
    expect(known[2]?.sentenceEmbeddings).toHaveLength(2);
    const nothing = [null, null, null];
    expect(await store.knownEmbeddings(asArticleId('a'), 'model-b', texts)).toEqual(nothing);
    expect(await store.knownEmbeddings(asArticleId('b'), MODEL, texts)).toEqual(nothing);
  });

  it('gives each passage the vector of its article’s title, also when only the title changed', async () => {
    const { added } = await store.putArticle(sketchArticle({ id: 'a', title: 'Old', texts: ['One', 'Two'] }));
    const labels = added.map(({ label }) => label);
    const titles = async () => (await store.rankingRows(labels)).map((row) => row.title?.codes);
    const [before] = await titles();
    expect(before).toHaveLength(DIMENSIONS);
    await store.putArticle(sketchArticle({ id: 'a', title: 'New', texts: ['One', 'Two'] }));
    const [one, two] = await titles();
    expect(one).toEqual(two);
    expect(one).not.toEqual(before);
    await store.putArticle(sketchArticle({ id: 'a', title: '', texts: ['One', 'Two'] }));
    expect(await titles()).toEqual([undefined, undefined]);
  });

  it('knows the vector of the title that an article already has under a model', async () => {
    await store.putArticle(sketchArticle({ id: 'a', title: 'Old', texts: ['One'] }));
    const known = await store.knownTitleEmbedding(asArticleId('a'), MODEL, 'Old');
    for (const [i, value] of vectorOf('model-a Old').entries()) expect(known?.[i]).toBeCloseTo(value, 2);
    expect(await store.knownTitleEmbedding(asArticleId('a'), MODEL, 'New')).toBeNull();
    expect(await store.knownTitleEmbedding(asArticleId('a'), 'model-b', 'Old')).toBeNull();
    expect(await store.knownTitleEmbedding(asArticleId('b'), MODEL, 'Old')).toBeNull();
  });

  it('loses nothing when known sentence vectors are stored again and again', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One. Two.'] });
    const { added } = await store.putArticle(input);
    const [before] = await store.rankingRows([added[0]!.label]);
    const [known] = await store.knownEmbeddings(asArticleId('a'), MODEL, ['One. Two.']);
    await store.removeArticles([asArticleId('a')]);
    const again = await store.putArticle({
      ...input,
      passages: [{ passage: input.passages[0]!.passage, ...known! }],
    });
    const [after] = await store.rankingRows([again.added[0]!.label]);
    expect(after?.sentences?.codes).toEqual(before?.sentences?.codes);
  });

  it('takes vectors that are views into a batch, and leaves them usable', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One'] });
    const batch = new Float32Array(DIMENSIONS * 5);
    const view = batch.subarray(DIMENSIONS, 2 * DIMENSIONS);
    view.set(vectorOf('view'));
    const { added } = await store.putArticle({
      ...input,
      passages: [{ ...input.passages[0]!, embedding: view }],
    });
    expect(view).toEqual(vectorOf('view'));
    batch.fill(0);
    const [row] = await store.embeddings({ fingerprint: MODEL, limit: 1 });
    expect(row).toMatchObject({ label: added[0]!.label, embedding: vectorOf('view') });
  });

  it.each([
    ['of another length', (vector: Float32Array) => vector.slice(1), 'VECTOR_DIMENSION_MISMATCH'],
    ['that is not finite', (vector: Float32Array) => vector.fill(Number.NaN), 'VECTOR_NOT_FINITE'],
  ])('stores nothing of an article with a vector %s', async (_name, spoil, code) => {
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    const before = [await store.article(asArticleId('a')), await store.generation(), await labelsOfModel()];
    const input = sketchArticle({ id: 'a', texts: ['Two', 'Three'] });
    const [two, three] = input.passages;
    const spoilt = { ...three!, embedding: spoil(three!.embedding.slice()) };
    await expect(store.putArticle({ ...input, passages: [two!, spoilt] })).rejects.toMatchObject({ code });
    expect([await store.article(asArticleId('a')), await store.generation(), await labelsOfModel()]).toEqual(
      before,
    );
  });

  it('refuses vectors of another length than the model’s earlier ones, storing nothing', async () => {
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    await expect(
      store.putArticle(sketchArticle({ id: 'b', texts: ['Two'], dimensions: 8 })),
    ).rejects.toMatchObject({ code: 'VECTOR_DIMENSION_MISMATCH' });
    expect(await store.article(asArticleId('b'))).toBeNull();
    await store.putArticle(sketchArticle({ id: 'b', texts: ['Two'], dimensions: 8, fingerprint: 'small' }));
  });

  it('refuses sentence vectors that do not pair up with the sentences', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One. Two.'] });
    const [embedded] = input.passages;
    const unpaired = { ...embedded!, sentenceEmbeddings: embedded!.sentenceEmbeddings.slice(1) };
    await expect(store.putArticle({ ...input, passages: [unpaired] })).rejects.toThrow(/sentence vectors/);
    expect(await store.articleStates()).toEqual([]);
  });
});
