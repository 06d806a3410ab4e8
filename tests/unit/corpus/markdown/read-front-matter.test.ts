import { expect, it } from 'vitest';
import { readFrontMatter } from '../../../../src/corpus/markdown/read-front-matter.js';

it('takes the data off the head', () => {
  const { data, body } = readFrontMatter('---\r\ntitle: Salt\r\ntags: [sea]\r\n---\r\n\r\nText', 'a.md');
  expect(data).toEqual({ title: 'Salt', tags: ['sea'] });
  expect(body.trim()).toBe('Text');
});

it('finds no data in a text that starts otherwise, or whose data never ends', () => {
  expect(readFrontMatter('Text\n---\n', 'a.md').data).toEqual({});
  expect(readFrontMatter('---\nText', 'a.md')).toEqual({ data: {}, body: '---\nText' });
});

it.each(['---\na: [\n---\n', '---\n- a\n---\n', '---\njust words\n---\n'])('refuses %j', (markdown) => {
  expect(() => readFrontMatter(markdown, 'a.md')).toThrow(
    expect.objectContaining({ code: 'ARTICLE_INVALID' }),
  );
});
