import type { ArticleOrigin, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { ArticleLine, toRawArticle } from './article-fields.js';
import { contentArticleId } from './content-article-id.js';
import { describeFieldProblem } from './describe-field-problem.js';

/**
 * Reads a value that was JSON as an article, by the rules of a line of JSON Lines. One without an id is named by its
 * content.
 *
 * @returns The article, or an ARTICLE_INVALID that names the field and the value: given back, not thrown, because one
 *   bad article must not end a list.
 */
export function parseArticleObject(value: unknown, origin: ArticleOrigin): RawArticle | FihristError {
  const parsed = ArticleLine.safeParse(value);
  if (parsed.success) {
    const { text } = parsed.data;
    return toRawArticle(parsed.data, { text, fallbackId: contentArticleId(parsed.data), origin });
  }
  const { field, value: shown, problem } = describeFieldProblem(parsed.error, value);
  return new FihristError('ARTICLE_INVALID', `${field} is ${shown}: ${problem}.`, {
    details: { field, value: shown },
  });
}
