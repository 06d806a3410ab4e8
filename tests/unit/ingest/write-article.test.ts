import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { FihristError } from '../../../src/domain/errors.js';
import { deleteArticle } from '../../../src/ingest/delete-article.js';
import { ingestArticles } from '../../../src/ingest/ingest-articles.js';
import { writeArticle } from '../../../src/ingest/write-article.js';
import { type ArticleResult, type GivenArticle, writeArticles } from '../../../src/ingest/write-articles.js';
import { openMadeArchive, rawArticle, words } from './made-articles.js';

const OF_API = { sourceName: 'api' };
const mill = rawArticle('mill', words('mill'));

function setUp() {
  const archive = openMadeArchive();
  return {
    ...archive,
    write: (article: typeof mill, options = OF_API) => writeArticle(article, archive, options),
    remove: (id: string) => deleteArticle(asArticleId(id), archive, { lastingSource: 'corpus' }),
    found: async (query: string) => (await archive.search(query)).hits.map((hit) => hit.articleId),
  };
}

describe('writeArticle', () => {
  it('makes an article findable by vector and by words when it resolves', async () => {
    const { write, search, store, index } = setUp();
    expect(await write(mill)).toMatchObject({ status: 'created', passagesEmbedded: 1 });
    expect((await search('who painted the door of the mill green')).hits[0]?.articleId).toBe('mill');
    expect(await index.size()).toBe(1);
    expect((await store.article(mill.id))?.source).toBe('api');
  });

  it('neither embeds nor writes what is there word for word', async () => {
    const { write, embedder, store } = setUp();
    await write(mill);
    const [before, generation] = [embedder.embeddedTexts, await store.generation()];
    expect(await write(mill)).toEqual({ status: 'unchanged', passagesEmbedded: 0, textsEmbedded: 0 });
    expect([embedder.embeddedTexts, await store.generation()]).toEqual([before, generation]);
  });

  it('replaces an article, so that the old text is not found', async () => {
    const { write, search } = setUp();
    await write(mill);
    expect(await write(rawArticle('mill', words('harbour')))).toMatchObject({ status: 'updated' });
    const texts = (await search('mill harbour')).hits.map((hit) => hit.text);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('harbour');
  });

  it('writes it again when another model embedded it', async () => {
    const { write, store } = setUp();
    await write(mill);
    const newer = openMadeArchive({ fingerprint: 'fake@new' });
    const changed = { ...newer, store };
    expect(await writeArticle(mill, changed, OF_API)).toMatchObject({ status: 'updated' });
  });

  it('refuses an id of another collection, naming it, and leaves that article alone', async () => {
    const { write, store } = setUp();
    await write(mill, { sourceName: 'corpus' });
    await expect(write(rawArticle('mill', words('oven'), 'a request'))).rejects.toMatchObject({
      code: 'ARTICLE_ID_DUPLICATE',
      message: expect.stringContaining('mill.txt of the collection "corpus"'),
    });
    expect((await store.article(mill.id))?.passages[0]?.text).toContain('mill');
  });

  it('leaves what was there when nothing of the new text is left', async () => {
    const { write, found } = setUp();
    await write(mill);
    await expect(write(rawArticle('mill', ' \n…'))).rejects.toMatchObject({ code: 'ARTICLE_WITHOUT_TEXT' });
    expect(await found('mill')).toEqual(['mill']);
  });

  it('lets the later one win when two versions are written at once, in the store and in the index', async () => {
    const { write, search, index, store, embedder } = setUp();
    const subjects = ['mill', 'oven', 'harbour', 'bridge'];
    await Promise.all(subjects.map((subject) => write(rawArticle('mill', words(subject)))));
    expect((await search('mill')).hits.map((hit) => hit.text)).toEqual([words('bridge')]);
    expect(await index.labels()).toEqual(await store.labels({ fingerprint: embedder.fingerprint }));
  });
});

describe('deleteArticle', () => {
  it('takes an article out of everything when it resolves', async () => {
    const { write, remove, found, store, index } = setUp();
    await write(mill);
    await remove('mill');
    expect(await found('mill')).toEqual([]);
    expect(await store.article(mill.id)).toBeNull();
    expect(await index.size()).toBe(0);
  });

  it('says that an article is not there', async () => {
    await expect(setUp().remove('nowhere')).rejects.toMatchObject({ code: 'ARTICLE_NOT_FOUND' });
  });

  it('refuses what the corpus folder would bring back, and nothing of other collections', async () => {
    const { write, remove, found } = setUp();
    await write(mill, { sourceName: 'corpus' });
    await write(rawArticle('oven', words('oven')), { sourceName: '/srv/more' });
    await expect(remove('mill')).rejects.toMatchObject({
      code: 'ARTICLE_OF_CORPUS',
      details: { source: 'corpus', file: 'mill.txt' },
    });
    await remove('oven');
    expect(await found('mill oven')).toEqual(['mill']);
  });
});

describe('writing beside a run over a folder', () => {
  it('neither loses nor overwrites what is written while the folder is read', async () => {
    const { write, store, ...archive } = setUp();
    await write(rawArticle('old', words('tower')), { sourceName: 'corpus' });
    const source = {
      async *articles() {
        yield { kind: 'article', article: rawArticle('mill', words('oven'), 'folder/mill.txt') } as const;
        yield { kind: 'article', article: rawArticle('bridge', words('bridge')) } as const;
      },
    };
    const states = store.articleStates.bind(store);
    store.articleStates = async () => {
      const before = await states();
      await write(mill);
      return before;
    };
    const report = await ingestArticles(source, { ...archive, store }, { sourceName: 'corpus' });
    expect(report).toMatchObject({
      added: 1,
      removed: 1,
      problems: [{ code: 'ARTICLE_ID_DUPLICATE', details: { source: 'api' } }],
    });
    const left = await store.articles({ limit: 10 });
    expect(left.map(({ id, source: of }) => [id, of])).toEqual([
      ['bridge', 'corpus'],
      ['mill', 'api'],
    ]);
  });
});

describe('writeArticles', () => {
  async function* given(...articles: Array<GivenArticle['article']>): AsyncGenerator<GivenArticle> {
    for (const [index, article] of articles.entries()) yield { index, line: index + 1, article };
  }

  it('gives each article a result of its own', async () => {
    const { write, ...archive } = setUp();
    await write(mill);
    await write(rawArticle('oven', words('oven')));
    const results: ArticleResult[] = [];
    const broken = new FihristError('ARTICLE_LINE_INVALID', 'the line is not valid JSON');
    const articles = given(
      mill,
      rawArticle('oven', words('stove')),
      broken,
      rawArticle('empty', '…'),
      rawArticle('bridge', words('bridge')),
    );
    await writeArticles(articles, archive, { ...OF_API, onResult: (result) => results.push(result) });
    expect(results.sort((a, b) => a.index - b.index)).toMatchObject([
      { index: 0, line: 1, id: 'mill', status: 'unchanged' },
      { index: 1, line: 2, id: 'oven', status: 'updated' },
      { index: 2, line: 3, id: null, status: 'failed', error: { code: 'ARTICLE_LINE_INVALID' } },
      { index: 3, line: 4, id: 'empty', status: 'failed', error: { code: 'ARTICLE_WITHOUT_TEXT' } },
      { index: 4, line: 5, id: 'bridge', status: 'created' },
    ]);
  });

  it('stops at what is no article’s fault and throws it', async () => {
    const { store, ...archive } = setUp();
    store.putArticle = async () => {
      throw new FihristError('DISK_FULL', 'the disk is full');
    };
    const results: ArticleResult[] = [];
    const options = { ...OF_API, onResult: (result: ArticleResult) => results.push(result) };
    const writing = writeArticles(given(mill), { ...archive, store }, options);
    await expect(writing).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(results).toEqual([]);
  });

  it('goes on when the model cannot take one of the texts', async () => {
    const { embedder, ...archive } = setUp();
    const embed = embedder.embedPassages.bind(embedder);
    embedder.embedPassages = async (texts, signal) => {
      if (texts.join().includes('oven')) throw new FihristError('EMBEDDING_FAILED', 'no vector');
      return embed(texts, signal);
    };
    const results: ArticleResult[] = [];
    await writeArticles(
      given(rawArticle('oven', words('oven')), mill),
      { ...archive, embedder },
      {
        ...OF_API,
        onResult: (result) => results.push(result),
      },
    );
    expect(results.map(({ id, status }) => [id, status]).sort()).toEqual([
      ['mill', 'created'],
      ['oven', 'failed'],
    ]);
  });

  it('begins no more when it is called off', async () => {
    const archive = setUp();
    const controller = new AbortController();
    const results: ArticleResult[] = [];
    const writing = writeArticles(
      given(
        mill,
        rawArticle('oven', words('oven')),
        ...Array.from({ length: 12 }, (_, i) => rawArticle(`more-${i}`, words(`more${i}`))),
      ),
      archive,
      {
        ...OF_API,
        signal: controller.signal,
        onResult: (result) => {
          results.push(result);
          controller.abort();
        },
      },
    );
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(results.length).toBeLessThan(14);
    expect(await archive.store.articles({ limit: 10 })).toHaveLength(results.length);
  });
});
