import type { RawArticle } from '../../domain/article.js';
import { FihristError } from '../../domain/errors.js';
import { ArticleLine, MAX_ARTICLE_ID_CHARACTERS, toRawArticle } from '../article-fields.js';
import { describeFieldProblem } from '../describe-field-problem.js';
import type { FileLine } from './split-lines.js';

/**
 * Reads one line of JSON Lines as an article.
 *
 * @param fallbackIdOf  Names an article whose author gave no id.
 * @returns The article, or an ARTICLE_LINE_INVALID that names file, line, field and value: given back, not thrown,
 *   because one bad line must not end the file.
 */
export function parseArticleLine(
  line: FileLine,
  file: string,
  fallbackIdOf: (article: ArticleLine, line: number) => string,
): RawArticle | FihristError {
  const invalid = (problem: string, details: Record<string, string | number> = {}, cause?: unknown) =>
    new FihristError('ARTICLE_LINE_INVALID', `${file} line ${line.number}: ${problem}`, {
      details: { file, line: line.number, ...details },
      cause,
    });
  if (line.bytes === undefined) {
    return invalid(`the line has ${line.sizeBytes.toLocaleString('en')} bytes, which is over the limit.`, {
      sizeBytes: line.sizeBytes,
    });
  }
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line.bytes));
  } catch (cause) {
    const isJson = cause instanceof SyntaxError;
    return invalid(isJson ? 'the line is not valid JSON.' : 'the line is not valid UTF-8.', {}, cause);
  }
  const parsed = ArticleLine.safeParse(data);
  if (!parsed.success) {
    const { field, value, problem } = describeFieldProblem(parsed.error, data);
    return invalid(`${field} is ${value}: ${problem}.`, { field, value });
  }
  const fallbackId = fallbackIdOf(parsed.data, line.number);
  if (parsed.data.id == null && fallbackId.length > MAX_ARTICLE_ID_CHARACTERS) {
    return invalid(`the path is too long to make an id of (limit ${MAX_ARTICLE_ID_CHARACTERS} characters).`, {
      field: 'id',
    });
  }
  return toRawArticle(parsed.data, {
    text: parsed.data.text,
    fallbackId,
    origin: { file, line: line.number },
  });
}
