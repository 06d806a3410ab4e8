import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import type { ArticleStore } from '../../src/storage/article-store.js';
import { STORE_ADAPTERS, sketchArticle, useStore } from './article-store-fixtures.js';

const MODEL = 'model-a';

describe.each(STORE_ADAPTERS)('article store contract: $name', (adapter) => {
  let store: ArticleStore;
  useStore(adapter, (opened) => {
    store = opened;
  });

  async function labelsOfModel(fingerprint = MODEL): Promise<number[]> {
    return [...(await store.labels({ fingerprint }))];
  }

  it('is empty at first', async () => {
    expect(await store.article(asArticleId('a'))).toBeNull();
    expect(await store.articleStates()).toEqual([]);
    expect(await store.labels({ fingerprint: MODEL })).toEqual(new Uint32Array());
    expect(await store.rankingRows([1])).toEqual([]);
    expect(await store.passageRecords([1])).toEqual([]);
    expect(await store.embeddings({ fingerprint: MODEL, limit: 10 })).toEqual([]);
    expect(await store.stats()).toMatchObject({ articles: 0, passages: 0, sentences: 0 });
  });

  it('gives an article back as it was put', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One. Two. Three.', 'نص عربي قصير'] });
    await store.putArticle({
      ...input,
      article: {
        ...input.article,
        url: 'https://example.org/a',
        publishedAt: '2026-11-01',
        origin: { file: 'x.jsonl', line: 3 },
      },
    });
    expect(await store.article(asArticleId('a'))).toEqual({
      id: 'a',
      title: 'Title of a',
      url: 'https://example.org/a',
      language: 'en',
      publishedAt: '2026-11-01',
      tags: ['one', 'وسم'],
      source: 'corpus',
      origin: { file: 'x.jsonl', line: 3 },
      passages: input.passages.map(({ passage }) => passage),
      dropped: [{ reason: 'share', text: 'Share this', line: 9 }],
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  it('leaves out what an article does not have', async () => {
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    expect(await store.article(asArticleId('a'))).toMatchObject({
      url: null,
      publishedAt: null,
      origin: { file: 'a.txt' },
    });
  });

  it('tells the states of articles by rising id', async () => {
    await store.putArticle(sketchArticle({ id: 'b', texts: ['B'], source: 'one' }));
    await store.putArticle(sketchArticle({ id: 'a', texts: ['A'], source: 'two', contentHash: 'h' }));
    const updatedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(await store.articleStates()).toEqual([
      { id: 'a', source: 'two', contentHash: 'h', originFile: 'a.txt', updatedAt, fingerprint: MODEL },
      {
        id: 'b',
        source: 'one',
        contentHash: 'hash of B',
        originFile: 'b.txt',
        updatedAt,
        fingerprint: MODEL,
      },
    ]);
  });

  it('tells the states of articles that another model embedded', async () => {
    await store.putArticle(sketchArticle({ id: 'b', texts: ['B'] }));
    await store.putArticle(sketchArticle({ id: 'a', texts: [], fingerprint: 'other-model:1' }));
    await store.putArticle(sketchArticle({ id: 'c', texts: [], fingerprint: 'other-model:1' }));
    const ids = async (otherThan: string) => (await store.articleStates({ otherThan })).map(({ id }) => id);
    expect(await ids(MODEL)).toEqual(['a', 'c']);
    expect(await ids('other-model:1')).toEqual(['b']);
    expect(await ids('no-model:1')).toEqual(['a', 'b', 'c']);
  });

  it('dates an article by the moment, or as it is told', async () => {
    const before = new Date().toISOString();
    const input = sketchArticle({ id: 'a', texts: ['A'] });
    await store.putArticle(input);
    const dates = async () => [
      (await store.articleState(asArticleId('a')))?.updatedAt,
      (await store.article(asArticleId('a')))?.updatedAt,
    ];
    const [now = ''] = await dates();
    expect(now >= before && now <= new Date().toISOString()).toBe(true);
    const updatedAt = '2020-02-29T12:00:00.000Z';
    await store.putArticle({ ...input, fingerprint: 'model-b', updatedAt });
    expect(await dates()).toEqual([updatedAt, updatedAt]);
    await store.putArticle(input);
    expect((await dates())[0]! >= before).toBe(true);
  });

  it('tells whether an article is what was stored', async () => {
    expect(await store.isArticleWhole(asArticleId('a'))).toBe(false);
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.', 'Three'] }));
    await store.putArticle(sketchArticle({ id: 'b', texts: [] }));
    expect(await store.isArticleWhole(asArticleId('a'))).toBe(true);
    expect(await store.isArticleWhole(asArticleId('b'))).toBe(true);
  });

  it('gives every passage a label of its own and says which were added', async () => {
    const first = await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two'] }));
    const second = await store.putArticle(sketchArticle({ id: 'b', texts: ['Three'] }));
    expect(first.added.map(({ passageId }) => passageId)).toEqual(['a:One', 'a:Two']);
    const labels = [...first.added, ...second.added].map(({ label }) => label);
    expect(new Set(labels).size).toBe(3);
    expect(await labelsOfModel()).toEqual(labels.sort((a, b) => a - b));
    expect([first.removed, second.removed]).toEqual([[], []]);
  });

  it('keeps labels and vectors of passages whose text stays, wherever they move', async () => {
    const first = await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two. Two.', 'Three'] }));
    const [one, two, three] = first.added.map(({ label }) => label);
    const change = await store.putArticle(sketchArticle({ id: 'a', texts: ['Two. Two.', 'New', 'One'] }));
    expect(change.removed).toEqual([three]);
    expect(change.added.map(({ passageId }) => passageId)).toEqual(['a:New']);
    const records = await store.passageRecords([two!, change.added[0]!.label, one!]);
    expect(records.map(({ passage }) => [passage.text, passage.ordinal])).toEqual([
      ['Two. Two.', 0],
      ['New', 1],
      ['One', 2],
    ]);
    const article = await store.article(asArticleId('a'));
    expect(article?.passages.map(({ text }) => text)).toEqual(['Two. Two.', 'New', 'One']);
  });

  it('changes nothing for the index when the same article is put again', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One. Two.', 'Three'] });
    await store.putArticle(input);
    const labels = await labelsOfModel();
    const change = await store.putArticle(input);
    expect(change).toMatchObject({ added: [], removed: [] });
    expect(await labelsOfModel()).toEqual(labels);
  });

  it('shows a passage with what its article says of itself', async () => {
    const input = sketchArticle({ id: 'a', texts: ['One'], source: 'news' });
    const article = { ...input.article, url: 'https://example.org/a', publishedAt: '2026-11-01' };
    const { added } = await store.putArticle({ ...input, article });
    expect(await store.passageRecords([added[0]!.label])).toEqual([
      {
        label: added[0]!.label,
        passage: input.passages[0]!.passage,
        title: 'Title of a',
        url: 'https://example.org/a',
        publishedAt: '2026-11-01',
        tags: ['one', 'وسم'],
        source: 'news',
      },
    ]);
  });

  it('takes a new title over to passages that stay', async () => {
    const { added } = await store.putArticle(sketchArticle({ id: 'a', texts: ['One'], title: 'Old' }));
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'], title: 'New' }));
    expect((await store.passageRecords([added[0]!.label]))[0]?.title).toBe('New');
  });

  it('takes another cut into sentences over to passages that stay', async () => {
    const { added } = await store.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.'] }));
    const input = sketchArticle({ id: 'a', texts: ['One. Two.'] });
    const [embedded] = input.passages;
    const uncut = {
      ...embedded!,
      passage: { ...embedded!.passage, sentences: [{ start: 0, end: 9 }] },
      sentenceEmbeddings: [],
    };
    const change = await store.putArticle({ ...input, passages: [uncut] });
    expect(change).toMatchObject({ added: [], removed: [] });
    const [row] = await store.rankingRows([added[0]!.label]);
    expect(row?.sentences).toBeNull();
    expect((await store.stats()).sentences).toBe(1);
  });

  it('gives new labels to passages whose vectors are of another model, since a label’s vector never changes', async () => {
    const first = await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two'] }));
    const old = first.added.map(({ label }) => label);
    const change = await store.putArticle(
      sketchArticle({ id: 'a', texts: ['One', 'Two'], fingerprint: 'model-b' }),
    );
    expect(change.removed).toEqual(old);
    expect(change.added.map(({ label }) => label).filter((label) => old.includes(label))).toEqual([]);
    expect(await labelsOfModel()).toEqual([]);
    expect(await labelsOfModel('model-b')).toEqual(change.added.map(({ label }) => label));
  });

  it('never gives a label twice, also after the newest was removed', async () => {
    const first = await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two'] }));
    await store.removeArticles([asArticleId('a')]);
    const second = await store.putArticle(sketchArticle({ id: 'a', texts: ['One', 'Two'] }));
    const used = Math.max(...first.added.map(({ label }) => label));
    expect(Math.min(...second.added.map(({ label }) => label))).toBeGreaterThan(used);
  });

  it('removes articles with all that belongs to them; unknown ids are ignored', async () => {
    const a = await store.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.'] }));
    await store.putArticle(sketchArticle({ id: 'b', texts: ['Three'] }));
    const change = await store.removeArticles(['a', 'nowhere'].map(asArticleId));
    expect(change).toMatchObject({ added: [], removed: a.added.map(({ label }) => label) });
    expect(await store.article(asArticleId('a'))).toBeNull();
    expect(await store.rankingRows(change.removed)).toEqual([]);
    expect(await store.passageRecords(change.removed)).toEqual([]);
    expect(await store.stats()).toMatchObject({ articles: 1, passages: 1, sentences: 1 });
  });

  it('raises the generation with every change, and only then', async () => {
    const start = await store.generation();
    await store.putArticle(sketchArticle({ id: 'a', texts: ['One'] }));
    const put = await store.generation();
    expect(put).toBeGreaterThan(start);
    await store.removeArticles([asArticleId('nowhere')]);
    expect(await store.generation()).toBe(put);
    await store.removeArticles([asArticleId('a')]);
    const gone = await store.generation();
    expect(gone).toBeGreaterThan(put);
    expect((await store.stats()).generation).toBe(gone);
  });

  it('narrows labels by language', async () => {
    const ar = await store.putArticle(sketchArticle({ id: 'ar', texts: ['واحد', 'اثنان'], language: 'ar' }));
    const en = await store.putArticle(sketchArticle({ id: 'en', texts: ['One'], language: 'en' }));
    const arLabels = ar.added.map(({ label }) => label);
    const enLabels = en.added.map(({ label }) => label);
    const of = async (...languages: Array<'ar' | 'en'>) => [
      ...(await store.labels({ fingerprint: MODEL, languages })),
    ];
    expect(await of('ar')).toEqual(arLabels);
    expect(await of('en')).toEqual(enLabels);
    expect(await of('ar', 'en')).toEqual([...arLabels, ...enLabels].sort((a, b) => a - b));
    expect(await of()).toEqual([]);
    expect(await store.stats()).toMatchObject({ passagesByLanguage: { ar: 2, en: 1 } });
  });

  it('gives passage records in the order asked', async () => {
    const a = await store.putArticle(sketchArticle({ id: 'a', texts: ['One. Two.'] }));
    const b = await store.putArticle(sketchArticle({ id: 'b', texts: ['Three'], title: 'B' }));
    const labels = [b.added[0]!.label, 12_345, a.added[0]!.label];
    expect(await store.passageRecords(labels)).toEqual([
      {
        label: labels[0],
        passage: sketchArticle({ id: 'b', texts: ['Three'] }).passages[0]!.passage,
        title: 'B',
        url: null,
        publishedAt: null,
        tags: ['one', 'وسم'],
        source: 'corpus',
      },
      {
        label: labels[2],
        passage: sketchArticle({ id: 'a', texts: ['One. Two.'] }).passages[0]!.passage,
        title: 'Title of a',
        url: null,
        publishedAt: null,
        tags: ['one', 'وسم'],
        source: 'corpus',
      },
    ]);
  });

  it('keeps an article without passages', async () => {
    await store.putArticle(sketchArticle({ id: 'a', texts: [] }));
    expect((await store.article(asArticleId('a')))?.passages).toEqual([]);
    await store.putArticle(sketchArticle({ id: 'b', texts: ['One'] }));
    expect(await labelsOfModel()).toHaveLength(1);
  });

  it('serves many writes at once, one after the other', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `article-${String(i).padStart(2, '0')}`);
    const before = await store.generation();
    await Promise.all(ids.map((id) => store.putArticle(sketchArticle({ id, texts: [`${id}. Text.`] }))));
    expect(await store.generation()).toBe(before + 30);
    expect((await store.articleStates()).map((state) => state.id)).toEqual(ids);
    expect(await labelsOfModel()).toHaveLength(30);
  });
});
