import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { asPassageId } from '../../../src/domain/passage.js';
import { articleLink } from '../../../src/web/article-link.js';
import { readUiContext } from '../../../src/web/ui-context.js';
import { requestWith } from './made-request.js';

const ui = readUiContext(requestWith({}), '/', '');

describe('articleLink', () => {
  it.each([
    ['plain', '/articles/plain'],
    ['2024/03/storm', '/articles/2024/03/storm'],
    ['a?b#c d%', '/articles/a%3Fb%23c%20d%25'],
    ['مقال', '/articles/%D9%85%D9%82%D8%A7%D9%84'],
    ['a//b', '/articles/a%2F%2Fb'],
    ['../etc', '/articles/..%2Fetc'],
    ['"><script>', '/articles/%22%3E%3Cscript%3E'],
  ])('leads to the article %j', (id, link) => {
    expect(articleLink(ui, { articleId: asArticleId(id) })).toBe(link);
  });

  it('opens at the passage and knows the way back', () => {
    const link = articleLink(ui, {
      articleId: asArticleId('a/b'),
      passageId: asPassageId('a/b:0123456789-2'),
      question: 'why?',
    });
    expect(link).toBe('/articles/a/b?p=0123456789-2&q=why%3F#p-0123456789-2');
  });

  it('keeps the language of the interface when that was chosen', () => {
    const chosen = readUiContext(requestWith({}), '/', 'ui=ar');
    expect(articleLink(chosen, { articleId: asArticleId('a') })).toBe('/articles/a?ui=ar');
  });
});
