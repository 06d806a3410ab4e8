import { type AddingProgress, ProgressCounter } from './adding-progress.js';
import { type Articles, BATCH_LIMITS, type BatchEntry, cutBatches, readAhead } from './article-batches.js';
import { type CallOptions, DEFAULT_TIMEOUTS_MS } from './client-options.js';
import type { Connection, OngoingCall } from './connection.js';
import { FihristError, invalidArgument } from './fihrist-error.js';
import { cutOff, readJsonLines } from './read-body.js';
import { errorFieldsOf, toFihristError } from './read-error.js';
import { cancelTask, waitForTask } from './task-calls.js';
import type { ArticleCounts, ArticleResult, BatchEnd, Task, TaskReply } from './wire-types.js';

/** What became of one of the articles of a call: its `index` is the place among all, its `id` null only when it has none. */
export type AddedArticle = Omit<ArticleResult, 'line'>;

export interface AddArticlesOptions extends CallOptions {
  /** Told of each article as it is done: not always in the order given, which is what `index` tells. */
  readonly onResult?: (result: AddedArticle) => void;
  /** Told whenever something was done. */
  readonly onProgress?: (progress: AddingProgress) => void;
  /** Articles that there are, for the time left. Default: the length of an array, else not known. */
  readonly total?: number;
  /** Articles that are sent in one request, 1–100: fewer for a source that is slow. Default: 100. */
  readonly batchSize?: number;
}

/** What became of all articles of a call. */
export interface AddedArticles {
  readonly counts: ArticleCounts;
  /** The first 100 that failed, each with its `error`; how many there are, `counts.failed` tells. */
  readonly failures: readonly AddedArticle[];
}

const MOST_FAILURES = 100;

/**
 * Adds articles, or replaces those whose id is there, batch after batch; while one is sent the next is read from the
 * source. What is wrong with one article is its result, and the others go in.
 *
 * A batch is at most 100 articles or 512 KB, which the service writes while it is waited for. A longer article is sent
 * alone, becomes a task, and the task is waited for. What a lost reply has not told of is sent again.
 *
 * @throws FihristError for what is no article's fault: what was told of until then stays written. What the source or a
 *   callback throws; the reason of `signal`.
 */
export async function addArticles(
  connection: Connection,
  articles: Articles,
  options: AddArticlesOptions,
): Promise<AddedArticles> {
  const { batchSize = BATCH_LIMITS.articles, total = Array.isArray(articles) ? articles.length : null } =
    options;
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= BATCH_LIMITS.articles)) {
    throw invalidArgument(
      'batchSize',
      `a whole number from 1 to ${BATCH_LIMITS.articles}`,
      String(batchSize),
    );
  }
  const counter = new ProgressCounter(total);
  const failures: AddedArticle[] = [];
  const adding: Adding = {
    connection,
    options,
    counter,
    tell: (result) => {
      if (result.status === 'failed' && failures.length < MOST_FAILURES) failures.push(result);
      options.onResult?.(result);
    },
  };
  const signal = options.signal ?? new AbortController().signal;
  for await (const batch of readAhead(cutBatches(articles, batchSize), signal)) {
    const taken = await sendBatch(batch, adding);
    if (taken !== null) await finishTask(taken, adding);
  }
  return { counts: counter.counts, failures };
}

interface Adding {
  readonly connection: Connection;
  readonly options: AddArticlesOptions;
  readonly counter: ProgressCounter;
  readonly tell: (result: AddedArticle) => void;
}

/** What the service has taken to write it later. */
interface TakenBatch {
  readonly task: Task;
  readonly entries: readonly BatchEntry[];
}

/** @returns Null when all of it is done. */
async function sendBatch(batch: readonly BatchEntry[], adding: Adding): Promise<TakenBatch | null> {
  const { connection, options } = adding;
  const call = connection.begin(options, { timeoutMs: DEFAULT_TIMEOUTS_MS.batch, timesSilence: true });
  let sent: readonly BatchEntry[] = [];
  const told = new Set<BatchEntry>();
  try {
    return await connection.send(
      {
        method: 'POST',
        path: '/v1/articles',
        accept: 'application/x-ndjson, application/json',
        body: () => {
          sent = batch.filter((entry) => !told.has(entry));
          return { text: sent.map(({ line }) => line).join(''), mediaType: 'application/x-ndjson' };
        },
      },
      call,
      async (response) => {
        if (response.status === 202) {
          const { task } = await connection.readJson<TaskReply>(response, call);
          return { task, entries: sent };
        }
        await readResults(response, { call, connection }, (result) => {
          const entry = sent[result.index];
          if (entry === undefined || told.has(entry)) return;
          told.add(entry);
          const { line: _, ...rest } = result;
          adding.counter.count(result.status);
          adding.tell({ ...rest, index: entry.index, id: result.id ?? entry.id });
          options.onProgress?.(adding.counter.progress());
        }).catch((error: unknown) => {
          // Nothing is left to be sent again.
          if (told.size < batch.length || !isCutOff(error)) throw error;
        });
        return null;
      },
    );
  } finally {
    call.limit.end();
  }
}

function isCutOff(error: unknown): boolean {
  return error instanceof FihristError && error.code === 'CONNECTION_FAILED';
}

/** @throws what ended the batch; CONNECTION_FAILED when its last line did not come */
async function readResults(
  response: Response,
  { call, connection }: { readonly call: OngoingCall; readonly connection: Connection },
  onResult: (result: ArticleResult) => void,
): Promise<void> {
  let isWhole = false;
  for await (const line of readJsonLines(response, call, connection)) {
    const told = line as ArticleResult | BatchEnd;
    // Read on to the end, which leaves the connection for the next batch.
    if ('counts' in told) isWhole = true;
    else if ('status' in told) onResult(told);
    else {
      const fields = errorFieldsOf(told);
      if (fields !== null) throw toFihristError(fields, connection.contextOf(call));
    }
  }
  if (!isWhole) throw cutOff('all articles were told of', call);
}

/** Waits for a batch that became a task, and tells what became of its articles as far as the task does. */
async function finishTask({ task: { id }, entries }: TakenBatch, adding: Adding): Promise<void> {
  const { connection, options, counter, tell } = adding;
  const { signal } = options;
  try {
    const task = await waitForTask(connection, id, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ counts, state }) => {
        if (state === 'running') options.onProgress?.(counter.progress(counts));
      },
    });
    counter.add(task.counts);
    tellOfTask(task, entries, tell);
    options.onProgress?.(counter.progress());
    if (task.state !== 'succeeded') throw endOf(task, connection);
  } catch (error) {
    // Whoever calls the call off does not want the task either. Not waited for: the caller wants to go.
    if (signal?.aborted === true) cancelTask(connection, id, {}).catch(() => {});
    throw error;
  }
}

function tellOfTask(task: Task, entries: readonly BatchEntry[], tell: Adding['tell']): void {
  const failed = new Map(task.errors.map(({ index, id, error }) => [index, { id, error }]));
  const statuses = (['created', 'updated', 'unchanged'] as const).filter((status) => task.counts[status] > 0);
  for (const [place, { index, id }] of entries.slice(0, task.articles_done).entries()) {
    const failure = failed.get(place);
    const [status] = statuses;
    if (failure !== undefined) {
      tell({ index, id: failure.id ?? id, status: 'failed', error: failure.error });
    } else if (status !== undefined && statuses.length === 1) tell({ index, id, status });
  }
}

function endOf({ id, state, error }: Task, { serviceUrl }: Connection): FihristError {
  if (error !== null) return toFihristError(error, { serviceUrl, requestId: null });
  return new FihristError('TASK_CANCELLED', `The task ${id}, which articles had become, is ${state}.`, {
    type: 'caller',
    details: { task: id, state },
  });
}
