import type { ServerResponse } from 'node:http';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import type { HttpServerOptions } from './http-server-options.js';
import { sendJson } from './send-json.js';
import { toWireCounts, toWireResult } from './wire-results.js';

/** Writes articles and tells, in one reply, what became of each, in the order they were sent. */
export async function answerBatch(
  res: ServerResponse,
  articles: AsyncIterable<GivenArticle>,
  { writeArticles, signal }: Pick<HttpServerOptions, 'writeArticles'> & { readonly signal: AbortSignal },
): Promise<void> {
  const results: ArticleResult[] = [];
  const onResult = (result: ArticleResult) => void results.push(result);
  await writeArticles(articles, { signal, onResult });
  results.sort((a, b) => a.index - b.index);
  res.setHeader('cache-control', 'no-store');
  sendJson(res, 200, { results: results.map(toWireResult), counts: toWireCounts(results) });
}
