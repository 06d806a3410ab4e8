import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import { rebuildPassages } from '../../../src/passages/rebuild-passages.js';

const article = asArticleId('news/one');

it('names a passage by its article and the hash of its text', () => {
  const hash = createHash('sha256').update('نص أول').digest('hex').slice(0, 10);
  expect(rebuildPassages(article, ['نص أول'])[0]?.id).toBe(`news/one:${hash}`);
});

it('keeps an id when text elsewhere in the article changes', () => {
  const before = rebuildPassages(article, ['first', 'second']);
  const after = rebuildPassages(article, ['changed', 'new', 'second']);
  expect(after[2]?.id).toBe(before[1]?.id);
});

it('numbers the copies of a text from 2', () => {
  const [first, second, third] = rebuildPassages(article, ['same', 'same', 'same']).map(({ id }) => id);
  expect(second).toBe(`${first}-2`);
  expect(third).toBe(`${first}-3`);
});

it('tells the language of each passage by its own text', () => {
  expect(rebuildPassages(article, ['نص عربي', 'English text']).map(({ language }) => language)).toEqual([
    'ar',
    'en',
  ]);
});
