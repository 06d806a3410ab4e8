import { asArticleId, type RawArticle } from '../../../src/domain/article.js';

/** A raw article of a text, with more fields where a test wants them. */
export function rawArticleOf(text: string, more: Partial<RawArticle> = {}): RawArticle {
  return { id: asArticleId('a'), text, tags: [], origin: { file: 'a.txt' }, ...more };
}
