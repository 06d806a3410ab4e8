import { type ArticleId, asArticleId } from '../domain/article.js';
import type { Embedding } from '../domain/embedding.js';
import { FihristError } from '../domain/errors.js';
import { type ThreadWatchOptions, WorkerThread } from '../threads/worker-thread.js';
import type {
  ArticleStoreWriter,
  KnownEmbeddings,
  StoreChange,
  StoredArticleInput,
  StoreMending,
} from './article-store.js';
import { checkStoreInThread } from './check-store-in-thread.js';
import { packArticle } from './packed-article.js';
import type { SqliteWriterData } from './sqlite-writer-worker.js';
import type { StoreDamage } from './store-check-worker.js';
import type { KeptTask, TaskLedger, TaskResult } from './task-ledger.js';

/** Passages whose words are made anew in one transaction: other writes wait meanwhile, about 0.1 s. */
const MENDED_AT_ONCE = 100;

export interface SqliteArticleWriterOptions extends ThreadWatchOptions {
  /** The index folder; made when missing. */
  readonly folder: string;
  /** The compiled sqlite-writer-worker.js. Default: the one beside this file. */
  readonly workerFile?: URL;
  /** Told of each write when it is over: null when it is on disk, else why it failed. */
  readonly onWrite?: (error: FihristError | null) => void;
  /** The database refuses to grow beyond it (DISK_FULL), to the page (8,192 bytes). Default: no limit. */
  readonly maxSizeBytes?: number;
}

/**
 * Opens the database of an index folder for writing, in a thread of its own, so that waiting for the disk never
 * holds up a search. Makes and migrates the database.
 * @throws STORE_LOCKED, STORE_READ_ONLY, STORE_UNUSABLE, STORE_NEWER_SCHEMA, DISK_FULL (operator)
 */
export async function openSqliteArticleWriter(
  options: SqliteArticleWriterOptions,
): Promise<ArticleStoreWriter> {
  const { folder, maxSizeBytes, workerFile, onWrite, ...watching } = options;
  const data: SqliteWriterData = maxSizeBytes === undefined ? { folder } : { folder, maxSizeBytes };
  const thread = new WorkerThread({
    name: 'storage',
    file: new URL('./sqlite-writer-worker.js', workerFile ?? import.meta.url),
    data,
    // Bringing a database of an older program up to date may take minutes.
    patientWith: ['open'],
    ...watching,
  });
  try {
    await thread.call('open');
  } catch (error) {
    await thread.terminate();
    throw error;
  }
  return new SqliteArticleWriter(options, thread);
}

class SqliteArticleWriter implements ArticleStoreWriter {
  readonly #thread: WorkerThread;
  readonly #onWrite: SqliteArticleWriterOptions['onWrite'];
  readonly #check: () => Promise<StoreDamage>;
  readonly #ending = new AbortController();
  #closing: Promise<void> | null = null;
  #mending: Promise<StoreMending> | null = null;
  /** Results that the thread has not been told of. */
  #noted: TaskResult[] = [];

  readonly tasks: TaskLedger = {
    begin: (task, counts) => this.#write<KeptTask>('beginTask', { task, counts }),
    note: (result) => void this.#noted.push(result),
    keep: () => this.#write('keepTaskResults', {}),
    forgetAllBut: (allBut) => this.#write('forgetTasks', { allBut }),
  };

  constructor({ folder, workerFile, onWrite }: SqliteArticleWriterOptions, thread: WorkerThread) {
    this.#thread = thread;
    this.#onWrite = onWrite;
    const check = new URL('./store-check-worker.js', workerFile ?? import.meta.url);
    const { signal } = this.#ending;
    this.#check = () => checkStoreInThread({ folder, workerFile: check, signal });
  }

  knownEmbeddings(
    articleId: ArticleId,
    fingerprint: string,
    texts: readonly string[],
  ): Promise<Array<KnownEmbeddings | null>> {
    return this.#thread.call('knownEmbeddings', { articleId, fingerprint, texts });
  }

  knownTitleEmbedding(articleId: ArticleId, fingerprint: string, title: string): Promise<Embedding | null> {
    return this.#thread.call('knownTitleEmbedding', { articleId, fingerprint, title });
  }

  async putArticle(input: StoredArticleInput): Promise<StoreChange> {
    const packed = packArticle(input);
    return this.#write('putArticle', { packed }, [packed.vectors.buffer]);
  }

  removeArticles(ids: readonly ArticleId[], options: { ofSource?: string } = {}): Promise<StoreChange> {
    return this.#write('removeArticles', { ids, ...options });
  }

  mend(): Promise<StoreMending> {
    this.#mending ??= this.#mend().finally(() => {
      this.#mending = null;
    });
    return this.#mending;
  }

  async #mend(): Promise<StoreMending> {
    const { ofFile, ofWords, remakable, lost } = await this.#check();
    let wordsMended = 0;
    for (let done = 0; done < ofWords.length; done += MENDED_AT_ONCE) {
      this.#ending.signal.throwIfAborted();
      const labels = ofWords.slice(done, done + MENDED_AT_ONCE);
      wordsMended += await this.#write<number>('remakeWords', { labels });
    }
    if (ofFile.length === 0) await this.#thread.call('wordsAreRight');
    return { ofFile, wordsMended, toRemake: remakable.map(asArticleId), lost: lost.map(asArticleId) };
  }

  /** Puts the write-ahead log into the database file, frees the folder, ends the thread. A second call does nothing. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** What looks at everything goes first: the last connection to leave puts the write-ahead log into the file. */
  async #close(): Promise<void> {
    this.#ending.abort();
    await this.#mending?.catch(() => {});
    await this.#thread.call<void>('close').finally(() => this.#thread.terminate());
  }

  /** Takes along what was noted until now, so that it is on disk no later than any change that comes behind it. */
  async #write<Result>(method: string, argument: object, transfer: ArrayBuffer[] = []): Promise<Result> {
    const noted = this.#noted;
    this.#noted = [];
    try {
      const result = await this.#thread.call<Result>(method, { ...argument, noted }, transfer);
      this.#onWrite?.(null);
      return result;
    } catch (error) {
      if (error instanceof FihristError) this.#onWrite?.(error);
      throw error;
    }
  }
}
