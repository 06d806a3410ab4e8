import type { ServerResponse } from 'node:http';
import { FihristError } from '../domain/errors.js';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import { sendJson } from './send-json.js';
import { toWireCounts, toWireResult } from './wire-results.js';
import type { WriteForCaller } from './write-one-article.js';

/**
 * Writes articles and tells, in one reply, what became of each, in the order they were sent. When the time is over in the
 * middle of them, the rest has failed for that reason.
 */
export async function answerBatch(
  res: ServerResponse,
  given: AsyncIterable<GivenArticle>,
  { writeArticles, access: { signal, beginChange } }: WriteForCaller,
): Promise<void> {
  const articles: GivenArticle[] = [];
  for await (const one of given) articles.push(one);
  const results: ArticleResult[] = [];
  const onResult = (result: ArticleResult) => void results.push(result);
  try {
    await writeArticles(each(articles), { signal, beforeChange: beginChange, onResult });
  } catch (error) {
    if (error !== signal.reason || !(error instanceof FihristError)) throw error;
    results.push(...untold(articles, results, error));
  }
  results.sort((a, b) => a.index - b.index);
  res.setHeader('cache-control', 'no-store');
  sendJson(res, 200, { results: results.map(toWireResult), counts: toWireCounts(results) });
}

async function* each(articles: readonly GivenArticle[]): AsyncGenerator<GivenArticle> {
  yield* articles;
}

/** Results of those that were not written. */
function untold(
  articles: readonly GivenArticle[],
  results: readonly ArticleResult[],
  error: FihristError,
): ArticleResult[] {
  const told = new Set(results.map(({ index }) => index));
  return articles
    .filter(({ index }) => !told.has(index))
    .map(({ index, article }) => ({
      index,
      id: article instanceof FihristError ? null : article.id,
      status: 'failed',
      error: article instanceof FihristError ? article : error,
    }));
}
