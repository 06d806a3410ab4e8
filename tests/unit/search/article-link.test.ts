import { describe, expect, test } from 'vitest';
import { articleLink } from '../../../src/search/article-link.js';

const SERVICE = 'http://127.0.0.1:3000';

describe('articleLink', () => {
  test('is where the article was published', () => {
    const url = 'https://archive.example/a';
    expect(articleLink({ articleId: 'a', url }, SERVICE)).toBe(url);
  });

  test.each([[null], [''], [' ']])('is a page of the service when the address is %j', (url) => {
    expect(articleLink({ articleId: 'a', url }, SERVICE)).toBe('http://127.0.0.1:3000/articles/a');
  });

  test('holds the id whatever it is made of', () => {
    const link = articleLink({ articleId: 'ar/نوم ?#%&1', url: null }, SERVICE);
    expect(new URL(link).href).toBe(link);
    expect(decodeURIComponent(link.slice(`${SERVICE}/articles/`.length))).toBe('ar/نوم ?#%&1');
  });
});
