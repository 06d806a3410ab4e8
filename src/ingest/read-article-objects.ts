import { parseArticleObject } from '../corpus/parse-article-object.js';
import type { ArticleOrigin } from '../domain/article.js';
import type { GivenArticle } from './write-articles.js';

/** Where messages say that an article came from. The same for all of them: it is part of what they are compared by. */
export const REQUEST_ORIGIN: ArticleOrigin = { file: 'HTTP request' };

/** Reads values that were JSON as articles, one after the other. What is none is an error in its place. */
export async function* readArticleObjects(values: readonly unknown[]): AsyncGenerator<GivenArticle> {
  for (const [index, value] of values.entries()) {
    yield { index, article: parseArticleObject(value, REQUEST_ORIGIN) };
  }
}
