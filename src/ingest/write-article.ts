import { cleanArticle } from '../corpus/clean-article.js';
import type { RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { splitArticle } from '../passages/split-article.js';
import type { ArticleState } from '../storage/article-store.js';
import type { TaskResult } from '../storage/task-ledger.js';
import { applyChange } from './apply-change.js';
import { ENDLESS_ROOM } from './article-room.js';
import { embedArticle } from './embed-article.js';
import { hashArticle } from './hash-article.js';
import type { IngestDependencies } from './ingest-dependencies.js';

export interface WriteOptions {
  /** Collection that the article is of. */
  readonly sourceName: string;
  readonly signal?: AbortSignal | undefined;
  /** Called right before an article goes to disk, which `signal` does not stop any more. Nothing is written when it throws. */
  readonly beforeChange?: (() => void) | undefined;
}

/** What became of an article, or why it was not written. */
export type WriteOutcome =
  | { readonly status: WrittenArticle['status'] }
  | { readonly status: 'failed'; readonly error: FihristError };

/** How an article of a task is kept as done: by its result, which is on disk no later than the next change of it. */
export type ToTaskResult = (outcome: WriteOutcome) => TaskResult;

/** What became of an article. */
export interface WrittenArticle {
  /** `unchanged`: it was there word for word, and nothing was embedded or written. */
  readonly status: 'created' | 'updated' | 'unchanged';
  /** Passages that the store did not have yet. */
  readonly passagesEmbedded: number;
  /** Titles, passages and sentences that went through the model. */
  readonly textsEmbedded: number;
}

/**
 * Adds one article or replaces the one of the same id: clean, cut, embed, store, index. When it resolves, the article
 * is on disk and the next search finds it. Changes of the same article wait for each other, others do not. What `signal`
 * fires with is thrown only when nothing was written. Waits while memory is short.
 *
 * @throws ARTICLE_ID_DUPLICATE, ARTICLE_WITHOUT_TEXT, ARTICLE_INVALID (caller): what was there stays as it was; what the embedder, the
 *   store and the index throw
 */
export function writeArticle(
  raw: RawArticle,
  dependencies: IngestDependencies,
  options: WriteOptions & { readonly toTaskResult?: ToTaskResult | undefined },
): Promise<WrittenArticle> {
  const { store, locks, room = ENDLESS_ROOM } = dependencies;
  // Noted under the lock, before anybody else can change the article.
  const note = (outcome: WriteOutcome) => {
    if (options.toTaskResult !== undefined) store.tasks.note(options.toTaskResult(outcome));
  };
  const write = async () => {
    try {
      const written = await writeLocked(raw, dependencies, options);
      if (written.status === 'unchanged') note(written);
      return written;
    } catch (error) {
      if (isOfTheArticle(error)) note({ status: 'failed', error });
      throw error;
    }
  };
  return room.run(raw, options.signal, () => locks.run(raw.id, write, options.signal));
}

/** A text that the model cannot take is a bug, but one of this article: others must not wait for its repair. */
export function isOfTheArticle(error: unknown): error is FihristError {
  return error instanceof FihristError && error.fault !== 'operator';
}

async function writeLocked(
  raw: RawArticle,
  { embedder, centring, store, index, room = ENDLESS_ROOM }: IngestDependencies,
  {
    sourceName,
    signal,
    beforeChange,
    toTaskResult,
  }: WriteOptions & { readonly toTaskResult?: ToTaskResult | undefined },
): Promise<WrittenArticle> {
  signal?.throwIfAborted();
  const state = await store.articleState(raw.id);
  if (state !== null && state.source !== sourceName) throw idOfOtherSource(raw, state);
  const contentHash = hashArticle(raw);
  if (state?.contentHash === contentHash && state.fingerprint === embedder.fingerprint) {
    return { status: 'unchanged', passagesEmbedded: 0, textsEmbedded: 0 };
  }
  room.refuseTooLong(raw);
  const status = state === null ? 'created' : 'updated';
  const article = cleanArticle(raw);
  const embedded = await embedArticle(article, splitArticle(article), embedder, store, signal);
  const { passages, titleEmbedding, passagesEmbedded, textsEmbedded } = embedded;
  signal?.throwIfAborted();
  beforeChange?.();
  const change = await store.putArticle({
    article,
    source: sourceName,
    contentHash,
    passages,
    titleEmbedding,
    fingerprint: embedder.fingerprint,
    taskResult: toTaskResult?.({ status }),
  });
  await applyChange(change, passages, centring, index);
  return { status, passagesEmbedded, textsEmbedded };
}

/** The refusal of an id that an article of another collection has. */
export function idOfOtherSource({ id, origin }: RawArticle, state: ArticleState): FihristError {
  return new FihristError(
    'ARTICLE_ID_DUPLICATE',
    `The id "${id}" in ${origin.file} is taken by ${state.originFile} of the collection "${state.source}"; that one is kept.`,
    { details: { id, kept: state.originFile, source: state.source, ignored: origin.file } },
  );
}
