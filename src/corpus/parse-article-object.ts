import type { ArticleOrigin, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import { ArticleLine, toRawArticle } from './article-fields.js';
import { contentArticleId } from './content-article-id.js';
import { describeFieldProblem } from './describe-field-problem.js';

/**
 * Reads a value that was JSON as an article, with the fields of a line of JSON Lines and no others: what somebody has
 * written for this one request can be misspelt. One without an id is named by its content.
 *
 * @returns The article, or an ARTICLE_INVALID or UNKNOWN_FIELD that names the field: given back, not thrown, because
 *   one bad article must not end a list.
 */
export function parseArticleObject(value: unknown, origin: ArticleOrigin): RawArticle | FihristError {
  const unknown = Object.keys(Object(value)).find((name) => !Object.hasOwn(ArticleLine.shape, name));
  if (unknown !== undefined && isFields(value)) return unknownField(unknown);
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

function isFields(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function unknownField(name: string): FihristError {
  const known = Object.keys(ArticleLine.shape);
  return new FihristError(
    'UNKNOWN_FIELD',
    `There is no field ${quoteValue(name)} in an article; known fields: ${known.join(', ')}.`,
    { details: { field: describeValue(name), known } },
  );
}
