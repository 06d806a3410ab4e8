import { describe, expect, it } from 'vitest';
import { parseArticleLine } from '../../../../src/corpus/jsonl/parse-article-line.js';

const parse = (data: unknown) => {
  const bytes = Buffer.from(typeof data === 'string' ? data : JSON.stringify(data));
  return parseArticleLine(
    { number: 7, sizeBytes: bytes.length, bytes },
    'news/a.jsonl',
    (_, line) => `news/a:${line}`,
  );
};

describe('parseArticleLine', () => {
  it('reads all fields', () => {
    expect(
      parse({
        id: 'x',
        title: ' T ',
        text: 't',
        url: 'https://example.org',
        language: 'ar',
        published_at: '2020-01-31T10:00:00Z',
        tags: ['a'],
      }),
    ).toEqual({
      id: 'x',
      title: 'T',
      text: 't',
      url: 'https://example.org',
      language: 'ar',
      publishedAt: '2020-01-31T10:00:00Z',
      tags: ['a'],
      origin: { file: 'news/a.jsonl', line: 7 },
    });
  });

  it('names an article without id by its place, takes null for absence, and leaves unknown fields alone', () => {
    expect(parse({ text: 't', title: null, url: null, more: 1 })).toEqual({
      id: 'news/a:7',
      text: 't',
      tags: [],
      origin: { file: 'news/a.jsonl', line: 7 },
    });
  });

  it.each([
    [{}, 'text', 'missing'],
    [{ text: 5 }, 'text', '5'],
    [{ text: 't', id: '' }, 'id', '""'],
    [{ text: 't', id: 'x'.repeat(513) }, 'id', `"${'x'.repeat(100)}…"`],
    [{ text: 't', url: 'ftp://x' }, 'url', '"ftp://x"'],
    [{ text: 't', url: 'nonsense' }, 'url', '"nonsense"'],
    [{ text: 't', language: 'fr' }, 'language', '"fr"'],
    [{ text: 't', published_at: '31.1.2020' }, 'published_at', '"31.1.2020"'],
    [{ text: 't', published_at: '2020-13-01' }, 'published_at', '"2020-13-01"'],
    [{ text: 't', tags: 'sea' }, 'tags', '"sea"'],
    [{ text: 't', tags: ['sea', 3] }, 'tags.1', '3'],
    [['t'], '(the whole)', 'an array of 1'],
  ])('refuses %j and names field and value', (data, field, value) => {
    const result = parse(data);
    expect(result).toMatchObject({
      code: 'ARTICLE_LINE_INVALID',
      details: { file: 'news/a.jsonl', line: 7, field, value },
    });
    expect(String(result)).toContain('news/a.jsonl line 7');
  });

  it.each(['{"text": "a"', 'text', ''])('refuses %j as no JSON', (line) => {
    expect(parse(line)).toMatchObject({ code: 'ARTICLE_LINE_INVALID' });
  });

  it('refuses an id with half a character in it, which would be stored as another one', () => {
    expect(parse('{"id": "a\\ud800", "text": "t"}')).toMatchObject({
      code: 'ARTICLE_LINE_INVALID',
      details: { field: 'id' },
    });
    expect(parse({ id: 'a🌱', text: 't' })).toMatchObject({ id: 'a🌱' });
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    expect(parseArticleLine({ number: 1, sizeBytes: 3, bytes }, 'a', () => 'a')).toMatchObject({
      code: 'ARTICLE_LINE_INVALID',
      message: expect.stringContaining('UTF-8'),
    });
  });
});
