import { describe, expect, test } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import type { Language } from '../../../src/domain/language.js';
import { asPassageId, type Passage } from '../../../src/domain/passage.js';
import { narrowArticle } from '../../../src/search/narrow-article.js';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';
import { sampleArticle } from '../http/sample-archive.js';

const filterOn = (key: string, value: string) => readSearchFilter({ type: 'eq', key, value }, 'filters');

function passage(language: Language, ordinal: number): Passage {
  const id = asPassageId(`mixed:${ordinal}`);
  return { id, articleId: asArticleId('mixed'), ordinal, text: 'x', language, sentences: [] };
}

const mixed = { ...sampleArticle, id: asArticleId('mixed'), passages: [passage('ar', 0), passage('en', 1)] };

describe('narrowArticle', () => {
  test('leaves an article alone where everything may be seen', () => {
    expect(narrowArticle(mixed, null)).toBe(mixed);
  });

  test('shows a whole article that the filter admits, and nothing of another', () => {
    expect(narrowArticle(mixed, filterOn('tags', 'health'))).toEqual(mixed);
    expect(narrowArticle(mixed, filterOn('article_id', 'mixed'))).toEqual(mixed);
    expect(narrowArticle(mixed, filterOn('source', 'elsewhere'))).toBeNull();
  });

  test('leaves out passages in a language that may not be seen', () => {
    const narrowed = narrowArticle(mixed, filterOn('language', 'en'));
    expect(narrowed?.passages.map(({ id }) => id)).toEqual(['mixed:1']);
    expect(narrowArticle({ ...mixed, passages: [passage('ar', 0)] }, filterOn('language', 'en'))).toBeNull();
  });

  test('goes by the language of the article where there is no passage', () => {
    const empty = { ...mixed, passages: [] };
    expect(narrowArticle(empty, filterOn('language', 'ar'))).toEqual(empty);
    expect(narrowArticle(empty, filterOn('language', 'en'))).toBeNull();
  });
});
