import { describe, expect, it } from 'vitest';
import { ArticleRoom } from '../../../src/ingest/article-room.js';
import { writeArticle } from '../../../src/ingest/write-article.js';
import { openMadeArchive, rawArticle, words } from './made-articles.js';

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** A room, and works that end when they are told to. */
function setUp(limits: { mostCharacters: number; longest: number } | null) {
  const room = new ArticleRoom({ limits });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const enter = (name: string, characters: number, signal?: AbortSignal) =>
    room.run({ text: 'x'.repeat(characters) }, signal, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await soon();
  };
  return { room, begun, enter, end };
}

describe('ArticleRoom', () => {
  it('lets articles in as far as they fit together, and the next when one is done', async () => {
    const { begun, enter, end } = setUp({ mostCharacters: 100, longest: 100 });
    const all = [enter('a', 60), enter('b', 30), enter('c', 20), enter('d', 10)];
    await soon();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    for (const name of ['a', 'c', 'd']) await end(name);
    await Promise.all(all);
  });

  it('keeps the order: a short one does not overtake one that waits', async () => {
    const { begun, enter, end } = setUp({ mostCharacters: 100, longest: 100 });
    const all = [enter('a', 60), enter('long', 90), enter('short', 1)];
    await soon();
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'long', 'short']);
    for (const name of ['long', 'short']) await end(name);
    await Promise.all(all);
  });

  it('lets one in alone that is more than all may be together', async () => {
    const { begun, enter, end } = setUp({ mostCharacters: 100, longest: 500 });
    const all = [enter('a', 10), enter('book', 400), enter('b', 10)];
    await soon();
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'book']);
    await end('book');
    expect(begun).toEqual(['a', 'book', 'b']);
    await end('b');
    await Promise.all(all);
  });

  it('gives the place of one that failed to the next', async () => {
    const room = new ArticleRoom({ limits: { mostCharacters: 10, longest: 10 } });
    const fail = room.run({ text: 'x'.repeat(10) }, undefined, async () => {
      throw new Error('broken');
    });
    await expect(fail).rejects.toThrow('broken');
    await expect(room.run({ text: 'x'.repeat(10) }, undefined, async () => 'fine')).resolves.toBe('fine');
  });

  it('lets one give up waiting, and those behind it in', async () => {
    const { begun, enter, end } = setUp({ mostCharacters: 100, longest: 100 });
    const first = enter('a', 60);
    const leaving = new AbortController();
    const second = enter('b', 90, leaving.signal);
    const third = enter('c', 40);
    await soon();
    leaving.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await soon();
    expect(begun).toEqual(['a', 'c']);
    for (const name of ['a', 'c']) await end(name);
    await Promise.all([first, third]);
  });

  it('waits for what comes before any article', async () => {
    let open = () => {};
    const begin = () => new Promise<void>((resolve) => (open = resolve));
    const room = new ArticleRoom({ limits: null, begin });
    let isIn = false;
    const run = room.run({ text: 'x' }, undefined, async () => {
      isIn = true;
    });
    await soon();
    expect(isIn).toBe(false);
    open();
    await run;
    expect(isIn).toBe(true);
  });

  it('has an article refused that is longer than there could ever be room for, and what is unchanged let be', async () => {
    const archive = openMadeArchive();
    const article = rawArticle('lamp', words('lamp'));
    await writeArticle(article, archive, { sourceName: 'api' });
    const room = new ArticleRoom({ limits: { mostCharacters: 10, longest: 100 } });
    const write = (raw: typeof article) => writeArticle(raw, { ...archive, room }, { sourceName: 'api' });
    expect(await write(article)).toMatchObject({ status: 'unchanged' });
    const length = words('bell').length;
    await expect(write(rawArticle('bell', words('bell')))).rejects.toMatchObject({
      code: 'ARTICLE_INVALID',
      message: `The text of "bell" has ${length} characters, and the memory that the service may take (FIHRIST_MAX_MEMORY_MB) is enough for 100. Cut it into several articles, or raise the setting.`,
      details: { field: 'text', limit: 100, value: length, setting: 'FIHRIST_MAX_MEMORY_MB' },
    });
    expect(await write(rawArticle('cup', 'A short text about a cup of tea.'))).toMatchObject({
      status: 'created',
    });
  });
});
