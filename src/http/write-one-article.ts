import type { ServerResponse } from 'node:http';
import type { RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import type { Access } from './access.js';
import type { HttpServerOptions } from './http-server-options.js';
import { sendJson } from './send-json.js';

/** How articles are written for a caller. */
export interface WriteForCaller extends Pick<HttpServerOptions, 'writeArticles'> {
  readonly access: Pick<Access, 'signal' | 'beginChange'>;
}

/**
 * Writes one article and tells what became of it: 201 when it was not there before, else 200.
 * @throws what is wrong with it, and what writing throws
 */
export async function writeOneArticle(
  res: ServerResponse,
  article: RawArticle | FihristError,
  { writeArticles, access: { signal, beginChange } }: WriteForCaller,
): Promise<void> {
  if (article instanceof FihristError) throw article;
  const results: ArticleResult[] = [];
  const onResult = (result: ArticleResult) => void results.push(result);
  await writeArticles(only(article), { signal, beforeChange: beginChange, onResult });
  const [result] = results;
  if (result === undefined) throw new Error(`nothing was told of the article ${article.id}`);
  if (result.error !== undefined) throw result.error;
  res.setHeader('cache-control', 'no-store');
  sendJson(res, result.status === 'created' ? 201 : 200, { id: result.id, status: result.status });
}

async function* only(article: RawArticle): AsyncGenerator<GivenArticle> {
  yield { index: 0, article };
}
