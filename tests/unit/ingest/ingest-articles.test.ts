import { describe, expect, it } from 'vitest';
import type { ArticleSource, SourceItem } from '../../../src/corpus/article-source.js';
import { asArticleId, type RawArticle } from '../../../src/domain/article.js';
import { FihristError } from '../../../src/domain/errors.js';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { ingestArticles } from '../../../src/ingest/ingest-articles.js';
import type { IngestProgress } from '../../../src/ingest/ingest-report.js';
import { reconcileIndex } from '../../../src/ingest/reconcile-index.js';
import { reembedArticles } from '../../../src/ingest/reembed-articles.js';
import { searchPassages } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS } from '../../../src/search/search-request.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';
import { searchDependenciesOver } from '../search/search-dependencies.js';
import { openMadeArchive, rawArticle, words } from './made-articles.js';

function sourceOf(...items: Array<RawArticle | SourceItem>): ArticleSource {
  return {
    async *articles() {
      for (const item of items) yield 'kind' in item ? item : { kind: 'article', article: item };
    },
  };
}

function setUp(options: { fingerprint?: string } = {}) {
  const dependencies = openMadeArchive(options);
  const ingest = (source: ArticleSource, more: { onProgress?: (progress: IngestProgress) => void } = {}) =>
    ingestArticles(source, dependencies, { sourceName: 'corpus', ...more });
  return { ...dependencies, ingest };
}

describe('ingestArticles', () => {
  it('makes an article findable by its words, with the sentence that has them', async () => {
    const { ingest, search } = setUp();
    const report = await ingest(
      sourceOf(rawArticle('mill', words('mill')), rawArticle('bridge', words('bridge'))),
    );
    expect(report).toMatchObject({ added: 2, updated: 0, unchanged: 0, removed: 0, problems: [] });
    const { hits } = await search('who painted the door of the mill green');
    expect(hits[0]).toMatchObject({
      articleId: 'mill',
      title: 'About mill',
      language: 'en',
      direction: 'ltr',
    });
    const { text, bestSentence } = hits[0]!;
    expect(text.slice(bestSentence.start, bestSentence.end)).toContain('painted the door of the mill');
  });

  it('lets many articles listen to one signal without a warning of a leak', async () => {
    const { embedder, ...dependencies } = openMadeArchive();
    const embedPassages = embedder.embedPassages.bind(embedder);
    // As the real one does: it hears of the signal until it is done.
    embedder.embedPassages = async (texts, signal) => {
      const stop = () => {};
      signal?.addEventListener('abort', stop);
      await new Promise((resolve) => setTimeout(resolve, 5));
      signal?.removeEventListener('abort', stop);
      return embedPassages(texts, signal);
    };
    const warnings: string[] = [];
    const hear = ({ name }: Error) => void warnings.push(name);
    process.on('warning', hear);
    const articles = Array.from({ length: 20 }, (_, i) => rawArticle(`mill-${i}`, words(`mill${i}`)));
    await ingestArticles(
      sourceOf(...articles),
      { embedder, ...dependencies },
      {
        sourceName: 'corpus',
        signal: new AbortController().signal,
      },
    );
    await new Promise(setImmediate);
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('embeds nothing when nothing changed', async () => {
    const { ingest, embedder } = setUp();
    const source = sourceOf(rawArticle('mill', words('mill')));
    await ingest(source);
    const before = embedder.embeddedTexts;
    expect(await ingest(source)).toMatchObject({ added: 0, updated: 0, unchanged: 1, textsEmbedded: 0 });
    expect(embedder.embeddedTexts).toBe(before);
  });

  it('embeds only the changed passage of a changed article', async () => {
    const { ingest, search, embedder } = setUp();
    const first = words('mill');
    await ingest(sourceOf(rawArticle('mill', `${first}\n\n${words('river')}`)));
    const before = embedder.embeddedTexts;
    const report = await ingest(sourceOf(rawArticle('mill', `${first}\n\n${words('harbour')}`)));
    expect(report).toMatchObject({ updated: 1, passagesEmbedded: 1 });
    expect(embedder.embeddedTexts - before).toBe(report.textsEmbedded);
    const texts = (await search('river harbour mill')).hits.map((hit) => hit.text);
    expect(texts).toHaveLength(2);
    expect(texts.join()).not.toContain('river');
  });

  it('removes what left the source, and nothing of another source', async () => {
    const { ingest, store, index, ...dependencies } = setUp();
    await ingestArticles(
      sourceOf(rawArticle('other', words('tower'))),
      { store, index, ...dependencies },
      { sourceName: 'else' },
    );
    await ingest(sourceOf(rawArticle('mill', words('mill')), rawArticle('bridge', words('bridge'))));
    expect(await ingest(sourceOf(rawArticle('bridge', words('bridge'))))).toMatchObject({
      removed: 1,
      unchanged: 1,
    });
    expect((await store.articleStates()).map((state) => state.id)).toEqual(['bridge', 'other']);
    expect(await index.size()).toBe(2);
  });

  it('empties nothing when the source suddenly gives no article at all', async () => {
    const { ingest, store } = setUp();
    await ingest(sourceOf(rawArticle('mill', words('mill'))));
    expect(await ingest(sourceOf())).toMatchObject({ removed: 0, problems: [{ code: 'CORPUS_EMPTY' }] });
    expect(await store.articleStates()).toHaveLength(1);
  });

  it('leaves an id of another source alone, and says whose it is', async () => {
    const { ingest, search, ...dependencies } = setUp();
    await ingest(sourceOf(rawArticle('mill', words('mill'), 'ar/mill.txt')));
    const other = (text: string) =>
      ingestArticles(sourceOf(rawArticle('mill', text, 'en/mill.txt')), dependencies, {
        sourceName: 'other',
      });
    for (const text of [words('oven'), ' \n ']) {
      expect(await other(text)).toMatchObject({
        added: 0,
        problems: [
          { code: 'ARTICLE_ID_DUPLICATE', details: { kept: 'ar/mill.txt', ignored: 'en/mill.txt' } },
        ],
      });
    }
    expect((await search('mill')).hits[0]?.text).toContain('mill');
  });

  it('goes on when no snapshot can be written, and says so', async () => {
    const { ingest, index } = setUp();
    index.publishSnapshot = async () => {
      throw new FihristError('DISK_FULL', 'the disk is full');
    };
    expect(await ingest(sourceOf(rawArticle('mill', words('mill'))))).toMatchObject({
      added: 1,
      problems: [{ code: 'DISK_FULL' }],
    });
  });

  it('embeds a passage again when its text is cut into other sentences', async () => {
    const { ingest, store } = setUp();
    await ingest(sourceOf(rawArticle('mill', words('mill'))));
    const known = store.knownEmbeddings.bind(store);
    store.knownEmbeddings = async (...query) =>
      (await known(...query)).map(
        (vectors) => vectors && { ...vectors, sentences: vectors.sentences.slice(1) },
      );
    const changed = { ...rawArticle('mill', words('mill')), tags: ['new'] };
    expect(await ingest(sourceOf(changed))).toMatchObject({ updated: 1, passagesEmbedded: 1 });
  });

  it('never takes what could not be read for removed', async () => {
    const { ingest, store } = setUp();
    await ingest(
      sourceOf(
        rawArticle('mill', words('mill'), '/news/a/mill.txt'),
        rawArticle('b', words('bay'), '/news/b.txt'),
      ),
    );
    const problem: SourceItem = {
      kind: 'problem',
      error: new FihristError('CORPUS_UNREADABLE', 'cannot read /news/a'),
      unread: '/news/a',
    };
    const report = await ingest(sourceOf(problem, rawArticle('c', words('cave'), '/news/c.txt')));
    expect(report).toMatchObject({ removed: 1, problems: [{ code: 'CORPUS_UNREADABLE' }] });
    expect((await store.articleStates()).map((state) => state.id)).toEqual(['c', 'mill']);
  });

  it('keeps the first of two articles with one id and names both places', async () => {
    const { ingest, search } = setUp();
    const report = await ingest(
      sourceOf(rawArticle('mill', words('mill'), 'a.txt'), rawArticle('mill', words('oven'), 'b.txt')),
    );
    expect(report.added).toBe(1);
    expect(report.problems).toMatchObject([
      { code: 'ARTICLE_ID_DUPLICATE', details: { kept: 'a.txt', ignored: 'b.txt' } },
    ]);
    expect((await search('oven')).hits[0]?.text).toContain('mill');
  });

  it('reports an article that has no text left and takes in the others', async () => {
    const { ingest } = setUp();
    const report = await ingest(sourceOf(rawArticle('blank', '  \n \n'), rawArticle('mill', words('mill'))));
    expect(report).toMatchObject({ added: 1, problems: [{ code: 'ARTICLE_WITHOUT_TEXT' }] });
  });

  it('cuts what the model would cut off, and loses nothing of it', async () => {
    const { ingest, store, embedder } = setUp();
    const text = Array.from({ length: 900 }, (_, i) => `${i}#`).join('');
    await ingest(sourceOf(rawArticle('numbers', text)));
    const stored = await store.article(asArticleId('numbers'));
    const texts = stored!.passages.map((passage) => passage.text);
    expect(texts.join('')).toBe(text);
    for (const tokens of await embedder.countTokens(texts))
      expect(tokens).toBeLessThanOrEqual(embedder.maxInputTokens);
  });

  it('tells how far it is, rising to the end', async () => {
    const { ingest } = setUp();
    const seen: IngestProgress[] = [];
    await ingest(sourceOf(rawArticle('mill', words('mill')), rawArticle('bridge', words('bridge'))), {
      onProgress: (progress) => seen.push(progress),
    });
    const embedding = seen.filter((progress) => progress.phase === 'embedding');
    expect(embedding.map((progress) => progress.articlesDone)).toEqual([0, 1, 2]);
    expect(embedding.at(-1)).toMatchObject({ articlesTotal: 2 });
    expect(embedding.at(-1)?.charactersDone).toBe(embedding.at(-1)?.charactersTotal);
    expect(seen.at(-1)?.phase).toBe('done');
  });

  it('stops at an error of the store and throws it', async () => {
    const { ingest, store } = setUp();
    store.putArticle = async () => {
      throw new FihristError('DISK_FULL', 'the disk is full');
    };
    await expect(ingest(sourceOf(rawArticle('mill', words('mill'))))).rejects.toMatchObject({
      code: 'DISK_FULL',
    });
  });
});

describe('reconcileIndex', () => {
  it('gives an empty index all that the store has, and takes away what it has no more', async () => {
    const { ingest, store, embedder, search } = setUp();
    await ingest(sourceOf(rawArticle('mill', words('mill')), rawArticle('bridge', words('bridge'))));
    const fresh = openExactVectorIndex({ dimensions: embedder.dimensions });
    await fresh.add([{ label: 4_000, vector: (await embedder.embedQueries(['stale']))[0]! }]);
    const options = { fingerprint: embedder.fingerprint, centring: NO_CENTRING, trustedUpTo: 4_294_967_295 };
    expect(await reconcileIndex(store, fresh, options)).toEqual({ added: 2, removed: 1 });
    expect(await reconcileIndex(store, fresh, options)).toEqual({ added: 0, removed: 0 });
    // Labels beyond what can be trusted may have another store's vectors.
    expect(await reconcileIndex(store, fresh, { ...options, trustedUpTo: 1 })).toEqual({
      added: 1,
      removed: 1,
    });
    const rebuilt = await searchPassages(searchDependenciesOver({ embedder, store, index: fresh }), {
      ...SEARCH_DEFAULTS,
      query: 'mill',
      limit: 5,
    });
    expect(rebuilt.hits).toEqual((await search('mill')).hits);
  });
});

describe('reembedArticles', () => {
  it('makes articles of another model findable again without their source', async () => {
    const old = setUp({ fingerprint: 'fake@old' });
    await old.ingest(sourceOf(rawArticle('mill', words('mill'))));
    const embedder = new FakeEmbedder({ fingerprint: 'fake@new' });
    const index = openExactVectorIndex({ dimensions: embedder.dimensions });
    const dependencies = searchDependenciesOver({ embedder, index, store: old.store });
    expect((await reembedArticles(dependencies, {})).textsEmbedded).toBeGreaterThan(0);
    const { hits, modelFingerprint } = await searchPassages(dependencies, {
      ...SEARCH_DEFAULTS,
      query: 'mill',
      limit: 5,
    });
    expect(hits[0]?.articleId).toBe('mill');
    expect(modelFingerprint).toBe('fake@new');
    expect((await reembedArticles(dependencies, {})).textsEmbedded).toBe(0);
  });

  it('leaves an article that is damaged as it is, says so, and goes on', async () => {
    const old = setUp({ fingerprint: 'fake@old' });
    await old.ingest(sourceOf(rawArticle('mill', words('mill')), rawArticle('river', words('river'))));
    const embedder = new FakeEmbedder({ fingerprint: 'fake@new' });
    const index = openExactVectorIndex({ dimensions: embedder.dimensions });
    old.store.isArticleWhole = async (id) => id !== 'mill';
    const dependencies = searchDependenciesOver({ embedder, index, store: old.store });
    const { problems } = await reembedArticles(dependencies, {});
    expect(problems).toMatchObject([{ code: 'STORE_UNUSABLE', message: expect.stringContaining('"mill"') }]);
    const states = await old.store.articleStates();
    expect(states.map(({ id, fingerprint }) => [id, fingerprint])).toEqual([
      ['mill', 'fake@old'],
      ['river', 'fake@new'],
    ]);
  });
});
