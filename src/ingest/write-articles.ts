import type { ArticleId, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import type { TaskResult } from '../storage/task-ledger.js';
import { ARTICLES_IN_FLIGHT, expectListeners } from './articles-in-flight.js';
import type { IngestDependencies } from './ingest-dependencies.js';
import { runConcurrently } from './run-concurrently.js';
import { isOfTheArticle, type WriteOptions, type WriteOutcome, writeArticle } from './write-article.js';

/** One article of several that were given, or what is wrong with it. */
export interface GivenArticle {
  /** Place among those that were given, from 0. */
  readonly index: number;
  /** Line that it was read from, from 1, blank lines counted. */
  readonly line?: number;
  readonly article: RawArticle | FihristError;
}

/** What became of one of several articles. */
export interface ArticleResult extends Pick<GivenArticle, 'index' | 'line'> {
  /** Null when it could not be read. */
  readonly id: ArticleId | null;
  readonly status: 'created' | 'updated' | 'unchanged' | 'failed';
  /** Why it failed. What was there under its id stays as it was. */
  readonly error?: FihristError;
}

export interface WriteArticlesOptions extends WriteOptions {
  /** Told once an article, as it is done: not in the order given. */
  readonly onResult: (result: ArticleResult) => void;
  /** When they are articles of a task: how what became of one is kept. Whoever is kept as done is never written again. */
  readonly toTaskResult?: (result: ArticleResult) => TaskResult;
}

/**
 * Writes articles one by one, a few at a time, each on its own: what is wrong with one is its result, and the others
 * go in. An id that is given twice is written twice, in the order given.
 *
 * @throws what is nobody's article's fault (a full disk, a dead thread, `signal`): then no more are begun, and those
 *   that were told of stay
 */
export async function writeArticles(
  articles: AsyncIterable<GivenArticle>,
  dependencies: IngestDependencies,
  options: WriteArticlesOptions,
): Promise<void> {
  expectListeners(options.signal);
  await runConcurrently(articles, ARTICLES_IN_FLIGHT, async ({ index, line, article }) => {
    const { onResult, toTaskResult, ...writing } = options;
    const place = line === undefined ? { index } : { index, line };
    if (article instanceof FihristError) {
      const result = { ...place, id: null, status: 'failed', error: article } as const;
      if (toTaskResult !== undefined) dependencies.store.tasks.note(toTaskResult(result));
      onResult(result);
      return;
    }
    const toResult = (outcome: WriteOutcome): ArticleResult => ({ ...place, id: article.id, ...outcome });
    try {
      const { status } = await writeArticle(article, dependencies, {
        ...writing,
        toTaskResult: toTaskResult && ((outcome) => toTaskResult(toResult(outcome))),
      });
      onResult(toResult({ status }));
    } catch (error) {
      if (!isOfTheArticle(error)) throw error;
      onResult(toResult({ status: 'failed', error }));
    }
  });
}
