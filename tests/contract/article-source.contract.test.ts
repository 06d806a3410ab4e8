import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleFile } from '../../src/corpus/article-file.js';
import type { ArticleSource, SourceItem } from '../../src/corpus/article-source.js';
import { createFolderArticleSource } from '../../src/corpus/folder-article-source.js';
import { createJsonlArticleSource } from '../../src/corpus/jsonl-article-source.js';
import { createMarkdownArticleSource } from '../../src/corpus/markdown-article-source.js';
import { createTextArticleSource } from '../../src/corpus/text-article-source.js';

const PROSE = 'The ship left the harbour early on Monday and came back on Thursday.';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fihrist-articles-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, content: string | Uint8Array): Promise<ArticleFile> {
  const location = path.join(folder, name);
  await mkdir(path.dirname(location), { recursive: true });
  await writeFile(location, content);
  return { location, name };
}

async function itemsOf(source: ArticleSource, signal?: AbortSignal): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const item of source.articles(signal)) items.push(item);
  return items;
}

/** One word an item: an article's id, or a problem's code and what was not read. */
async function summaryOf(source: ArticleSource): Promise<string[]> {
  return (await itemsOf(source)).map((item) =>
    item.kind === 'article' ? item.article.id : `${item.error.code} ${item.unread}`,
  );
}

const formats = [
  { extension: 'txt', create: createTextArticleSource, content: PROSE, id: 'news/one' },
  { extension: 'md', create: createMarkdownArticleSource, content: PROSE, id: 'news/one' },
  {
    extension: 'jsonl',
    create: createJsonlArticleSource,
    content: JSON.stringify({ text: PROSE }),
    id: 'news/one:1',
  },
] as const;

describe.each(formats)('ArticleSource of .$extension', ({ extension, create, content, id }) => {
  const name = `news/one.${extension}`;

  it('gives the article with its id and origin', async () => {
    const [item] = await itemsOf(create(await put(name, content)));
    expect(item).toMatchObject({
      kind: 'article',
      article: { id, text: PROSE, tags: [], origin: { file: name } },
    });
  });

  it('gives the same items each time, alone and through the folder', async () => {
    const source = create(await put(name, content));
    const first = await itemsOf(source);
    expect(await itemsOf(source)).toEqual(first);
    expect(await itemsOf(createFolderArticleSource(folder))).toEqual(first);
  });

  it('passes over a byte order mark and carriage returns', async () => {
    const [item] = await itemsOf(create(await put(name, `\ufeff${content}\r\n`)));
    expect(item).toMatchObject({ kind: 'article', article: { id } });
    expect(item?.kind === 'article' && item.article.text.startsWith('The ship')).toBe(true);
  });

  it.each([
    ['ARTICLE_FILE_EMPTY', 'an empty file', ''],
    ['ARTICLE_FILE_EMPTY', 'a blank file', ' \n\n'],
    ['ARTICLE_FILE_BINARY', 'a file with a zero byte', 'a\0b'],
    ['ARTICLE_FILE_BINARY', 'a PDF', '%PDF-1.7\nx'],
    ['ARTICLE_FILE_NOT_UTF8', 'a file in UTF-16', Buffer.from(`\ufeff${PROSE}`, 'utf16le')],
  ])('reports %s for %s', async (code, _name, bad) => {
    expect(await summaryOf(create(await put(name, bad)))).toEqual([`${code} ${name}`]);
  });

  it('reports a file that is gone', async () => {
    const file = await put(name, content);
    await rm(file.location);
    expect(await summaryOf(create(file))).toEqual([`CORPUS_UNREADABLE ${name}`]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(itemsOf(create(await put(name, content)), stop.signal)).rejects.toThrow('enough');
  });
});

describe.each(formats.slice(0, 2))(
  'ArticleSource of one article a file, .$extension',
  ({ extension, create }) => {
    it('reports a file that is not UTF-8', async () => {
      const file = await put(`a.${extension}`, Buffer.from([0x63, 0xe3, 0xc7, 0x20]));
      expect(await summaryOf(create(file))).toEqual([`ARTICLE_FILE_NOT_UTF8 a.${extension}`]);
    });

    it('reports a file over the limit with both numbers, without reading it', async () => {
      const file = await put(`a.${extension}`, 'a');
      await truncate(file.location, 10 * 1024 * 1024 + 1);
      const [item] = await itemsOf(create(file));
      expect(item).toMatchObject({
        kind: 'problem',
        error: { code: 'ARTICLE_FILE_TOO_LARGE', details: { sizeBytes: 10_485_761, limitBytes: 10_485_760 } },
      });
    });
  },
);

describe('the text source', () => {
  it('takes a headline above prose for the title', async () => {
    const [item] = await itemsOf(createTextArticleSource(await put('a.txt', `The late ship\n\n${PROSE}`)));
    expect(item).toMatchObject({ article: { title: 'The late ship' } });
  });
});

describe('the Markdown source', () => {
  const read = async (content: string) =>
    (await itemsOf(createMarkdownArticleSource(await put('a.md', content))))[0];

  it('reads the front matter', async () => {
    const item = await read(
      `---\nid: ship\ntitle: Late\nurl: https://example.org\nlanguage: en\npublished_at: 2020-01-31\ntags: [sea]\n---\n\n${PROSE}`,
    );
    expect(item).toMatchObject({
      article: {
        id: 'ship',
        title: 'Late',
        url: 'https://example.org',
        language: 'en',
        publishedAt: '2020-01-31',
        tags: ['sea'],
        text: PROSE,
      },
    });
  });

  it('takes the heading that opens the text for the title', async () => {
    expect(await read(`# The *late* ship\n\n${PROSE}`)).toMatchObject({
      article: { title: 'The late ship' },
    });
  });

  it('names file, field and value of a wrong front matter', async () => {
    expect(await read(`---\nlanguage: fr\n---\n${PROSE}`)).toMatchObject({
      kind: 'problem',
      unread: 'a.md',
      error: { code: 'ARTICLE_INVALID', details: { file: 'a.md', field: 'language', value: '"fr"' } },
    });
  });
});

describe('the JSON Lines source', () => {
  it('gives the other lines when one in the middle is broken', async () => {
    const line = JSON.stringify({ text: PROSE });
    const file = await put(
      'a.jsonl',
      `${line}\n{"text": \n\n${line}\r\n{"text": 5}\n${JSON.stringify({ id: 'x', text: PROSE })}`,
    );
    const items = await itemsOf(createJsonlArticleSource(file));
    expect(
      items.map((item) => (item.kind === 'article' ? item.article.id : item.error.details.line)),
    ).toEqual(['a:1', 2, 'a:4', 5, 'x']);
    expect(items.map((item) => (item.kind === 'article' ? item.article.origin.line : item.unread))).toEqual([
      1,
      'a.jsonl',
      4,
      'a.jsonl',
      6,
    ]);
  });

  it('reports a line over the limit and goes on', async () => {
    const file = await put(
      'a.jsonl',
      `{"text": "${'a'.repeat(8 * 1024 * 1024)}"}\n${JSON.stringify({ text: PROSE })}`,
    );
    expect(await summaryOf(createJsonlArticleSource(file))).toEqual(['ARTICLE_LINE_INVALID a.jsonl', 'a:2']);
  });

  it('gives ids that repeat as they are', async () => {
    const line = JSON.stringify({ id: 'x', text: PROSE });
    expect(await summaryOf(createJsonlArticleSource(await put('a.jsonl', `${line}\n${line}`)))).toEqual([
      'x',
      'x',
    ]);
  });
});

describe('the folder source', () => {
  it('walks a tree in code unit order and hands each file to its adapter', async () => {
    await put('b/two.md', PROSE);
    await put('b.txt', PROSE);
    await put('B/one.TXT', PROSE);
    await put('a.jsonl', JSON.stringify({ text: PROSE }));
    await put('ع/خبر.txt', PROSE);
    expect(await summaryOf(createFolderArticleSource(folder))).toEqual([
      'B/one',
      'a:1',
      'b/two',
      'b',
      'ع/خبر',
    ]);
  });

  it('passes over dotfiles and other formats', async () => {
    await put('.hidden.txt', PROSE);
    await put('.git/a.txt', PROSE);
    await put('a.pdf', '%PDF-');
    await put('notes', PROSE);
    expect(await summaryOf(createFolderArticleSource(folder))).toEqual([]);
  });

  it('goes on after a file with a problem', async () => {
    await put('a.txt', '');
    await put('b.txt', PROSE);
    expect(await summaryOf(createFolderArticleSource(folder))).toEqual(['ARTICLE_FILE_EMPTY a.txt', 'b']);
  });

  it('follows links to files and folders but not in circles, and reports a link to nothing', async () => {
    await put('real/a.txt', PROSE);
    await symlink(folder, path.join(folder, 'real', 'up'));
    await symlink(path.join(folder, 'real', 'a.txt'), path.join(folder, 'link.txt'));
    await symlink(path.join(folder, 'nowhere'), path.join(folder, 'lost.txt'));
    await symlink(path.join(folder, 'nowhere'), path.join(folder, 'other'));
    expect(await summaryOf(createFolderArticleSource(folder))).toEqual([
      'link',
      'CORPUS_UNREADABLE lost.txt',
      'real/a',
    ]);
  });

  it('reads a single file under its own name', async () => {
    const file = await put('deep/a.txt', PROSE);
    expect(await summaryOf(createFolderArticleSource(file.location))).toEqual(['a']);
  });

  it('refuses a single file of another format, and a root that is not there', async () => {
    const file = await put('a.pdf', '%PDF-');
    await expect(itemsOf(createFolderArticleSource(file.location))).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
    });
    await expect(itemsOf(createFolderArticleSource(path.join(folder, 'none')))).rejects.toMatchObject({
      code: 'CORPUS_NOT_FOUND',
    });
  });

  it('reports a folder that cannot be read and goes on', async () => {
    await put('b.txt', PROSE);
    await put('a/x.txt', PROSE);
    await chmod(path.join(folder, 'a'), 0o000);
    const summary = await summaryOf(createFolderArticleSource(folder));
    await chmod(path.join(folder, 'a'), 0o755);
    // The superuser can read everything.
    expect(summary).toEqual(process.getuid?.() === 0 ? ['a/x', 'b'] : ['CORPUS_UNREADABLE a', 'b']);
  });
});
