import { describe, expect, it } from 'vitest';
import { parseArticleObject } from '../../../src/corpus/parse-article-object.js';

const parse = (value: unknown) => parseArticleObject(value, { file: 'HTTP request' });

describe('parseArticleObject', () => {
  it('reads the fields of a line of JSON Lines', () => {
    const given = {
      id: 'x',
      title: ' T ',
      text: 't',
      url: 'https://example.org',
      language: 'ar',
      published_at: '2020-01-31',
      tags: ['a'],
    };
    expect(parse(given)).toEqual({
      id: 'x',
      title: 'T',
      text: 't',
      url: 'https://example.org',
      language: 'ar',
      publishedAt: '2020-01-31',
      tags: ['a'],
      origin: { file: 'HTTP request' },
    });
  });

  it.each([
    [{ id: 'x' }, 'text', 'missing'],
    [{ text: 't', language: 'fr' }, 'language', '"fr"'],
    [{ text: 't', url: 'ftp://example.org' }, 'url', '"ftp://example.org"'],
    [{ text: 't', published_at: 'yesterday' }, 'published_at', '"yesterday"'],
    [{ text: 't', tags: ['a', 7] }, 'tags.1', '7'],
    [{ text: 't', tags: { a: 1 } }, 'tags', 'an object'],
    [{ text: ['t', 'u'] }, 'text', 'an array of 2'],
    ['text', '(the whole)', '"text"'],
    [null, '(the whole)', 'null'],
  ])('gives back what is wrong with %j, naming the field and the value', (value, field, shown) => {
    expect(parse(value)).toMatchObject({
      code: 'ARTICLE_INVALID',
      message: expect.stringMatching(/^.+ is .+: .+\.$/),
      details: { field, value: shown },
    });
  });

  it('is not harmed by a value that is nested too deeply to be written out', () => {
    const tags = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    expect(parse({ text: 't', tags })).toMatchObject({
      code: 'ARTICLE_INVALID',
      details: { field: 'tags.0' },
    });
  });

  it('refuses a field that does not exist, so that a misspelt one is not lost', () => {
    expect(parse({ text: 't', publishedAt: '2020' })).toMatchObject({
      code: 'UNKNOWN_FIELD',
      message: expect.stringContaining('"publishedAt"'),
      details: { known: ['id', 'title', 'url', 'language', 'published_at', 'tags', 'text'] },
    });
    expect(parse(JSON.parse('{"text": "t", "__proto__": {}}'))).toMatchObject({ code: 'UNKNOWN_FIELD' });
    expect(parse(['text'])).toMatchObject({ code: 'ARTICLE_INVALID' });
  });

  it('names an article without an id by its title, text and address, and by nothing else', () => {
    const article = { title: 'T', text: 'some text', url: 'https://example.org' };
    const idOf = (more: object) => (parse({ ...article, ...more }) as { id: string }).id;
    const id = idOf({});
    expect(id).toMatch(/^api-[0-9a-f]{32}$/);
    expect(idOf({ id: null, tags: ['a'], language: 'en', published_at: '2020' })).toBe(id);
    const others = [{ title: 'U' }, { text: 'other' }, { url: 'https://example.com' }, { url: null }].map(
      idOf,
    );
    expect(new Set([id, ...others]).size).toBe(5);
  });
});
