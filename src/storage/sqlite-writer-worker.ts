import { workerData } from 'node:worker_threads';
import type { ArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { serveCalls } from '../threads/serve-calls.js';
import { type ArticleWrites, prepareArticleWrites } from './article-writes.js';
import { checkContinuity } from './check-continuity.js';
import { CommitMarkWriter } from './commit-mark.js';
import { acquireFolderLock, type FolderLock } from './folder-lock.js';
import { beginOpening } from './openings.js';
import { type PackedArticle, unpackArticle } from './packed-article.js';
import { remakeWords, renewWords } from './renew-words.js';
import {
  databasePath,
  openWritableConnection,
  prepareFolder,
  type SqliteConnection,
} from './sqlite-connection.js';
import type { TaskCounts, TaskResult } from './task-ledger.js';
import { prepareTaskResultWrites, type TaskResultWrites } from './task-result-writes.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';
import { noteWordsSum } from './words-sum.js';

// The writing thread: the only place that holds the lock and a writable connection of its index folder.

export interface SqliteWriterData {
  readonly folder: string;
  readonly maxSizeBytes?: number;
}

interface OpenWriter {
  readonly lock: FolderLock;
  readonly connection: SqliteConnection;
  readonly writes: ArticleWrites;
  readonly tasks: TaskResultWrites;
  readonly mark: CommitMarkWriter;
  /** Changes when another connection has written to the file. */
  readonly version: unknown;
  /** Whether all words that were there before are known to be right; those that it writes are. */
  areWordsRight: boolean;
}

const data = workerData as SqliteWriterData;
const path = databasePath(data.folder);
let writer: OpenWriter | null = null;

function openWriter(): OpenWriter {
  if (writer === null) throw new Error('the database is not open');
  return writer;
}

/**
 * The lock is a file of its own, and whoever deletes it lets another process in. From the moment that it has written,
 * what this one has in memory is not what is stored: it must write no more.
 * @throws STORE_LOCKED (operator)
 */
function refuseOtherWriter({ connection, version }: OpenWriter): void {
  if (connection.pragma('data_version', { simple: true }) === version) return;
  throw new FihristError(
    'STORE_LOCKED',
    `Another process has written to ${path}, though this one holds its folder: was fihrist.lock deleted? Stop both, and start one.`,
    { details: { path } },
  );
}

/** Opens the database with schema and words up to date. */
function openDatabase(): Omit<OpenWriter, 'lock'> {
  const { folder, maxSizeBytes } = data;
  const connection = openWritableConnection(folder, maxSizeBytes === undefined ? {} : { maxSizeBytes });
  try {
    return translatingSqliteErrors(path, () => {
      renewWords(connection);
      const mark = new CommitMarkWriter(folder, beginOpening(connection));
      const writes = prepareArticleWrites(connection);
      const tasks = prepareTaskResultWrites(connection, path);
      mark.write(writes.generation());
      return {
        connection,
        writes,
        tasks,
        mark,
        version: connection.pragma('data_version', { simple: true }),
        areWordsRight: connection.prepare('SELECT 1 FROM passages').get() === undefined,
      };
    });
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Results of tasks that were noted and are not on disk: they go with the next change that succeeds. */
let noted: readonly TaskResult[] = [];

/** What comes with every change. */
interface Noted {
  readonly noted: readonly TaskResult[];
}

/** One transaction, with all results of tasks that were noted until now. */
function writing<Result>(message: Noted, write: (open: OpenWriter) => Result): Result {
  const open = openWriter();
  noted = [...noted, ...message.noted];
  return translatingSqliteErrors(path, () => {
    refuseOtherWriter(open);
    const result = open.connection
      .transaction(() => {
        open.tasks.keep(noted);
        return write(open);
      })
      .immediate();
    noted = [];
    return result;
  });
}

/** A change, and when it is on disk, how far the database is with it. */
function changing<Result>(message: Noted, change: (open: OpenWriter) => Result): Result {
  const changed = writing(message, change);
  const { writes, mark } = openWriter();
  mark.write(translatingSqliteErrors(path, () => writes.generation()));
  return changed;
}

serveCalls({
  open(): void {
    prepareFolder(data.folder);
    const lock = acquireFolderLock(data.folder);
    try {
      checkContinuity(data.folder);
      writer = { lock, ...openDatabase() };
    } catch (error) {
      lock.release();
      throw error;
    }
  },

  knownEmbeddings(query: { articleId: ArticleId; fingerprint: string; texts: readonly string[] }) {
    const { writes } = openWriter();
    return translatingSqliteErrors(path, () =>
      writes.knownEmbeddings(query.articleId, query.fingerprint, query.texts),
    );
  },

  knownTitleEmbedding(query: { articleId: ArticleId; fingerprint: string; title: string }) {
    const { writes } = openWriter();
    return translatingSqliteErrors(path, () =>
      writes.knownTitleEmbedding(query.articleId, query.fingerprint, query.title),
    );
  },

  putArticle(message: Noted & { packed: PackedArticle }) {
    const input = unpackArticle(message.packed);
    return changing(message, ({ writes, tasks }) => {
      if (input.taskResult !== undefined) tasks.keep([input.taskResult]);
      return writes.putArticle(input, message.packed.dimensions);
    });
  },

  removeArticles(message: Noted & { ids: readonly ArticleId[]; ofSource?: string }) {
    return changing(message, ({ writes }) => writes.removeArticles(message.ids, message.ofSource));
  },

  /** @returns Of how many passages they were made: of those that are still there. */
  remakeWords(message: Noted & { labels: readonly number[] }) {
    return changing(message, ({ connection }) => remakeWords(connection, message.labels));
  },

  wordsAreRight(): void {
    openWriter().areWordsRight = true;
  },

  beginTask(message: Noted & { task: string; counts: TaskCounts }) {
    return writing(message, ({ tasks }) => tasks.begin(message.task, message.counts));
  },

  keepTaskResults(message: Noted): void {
    if (noted.length + message.noted.length > 0) writing(message, () => {});
  },

  forgetTasks(message: Noted & { allBut: readonly string[] }): void {
    writing(message, ({ tasks }) => tasks.forgetAllBut(message.allBut));
  },

  close(): void {
    if (writer === null) return;
    const { connection, lock, mark, areWordsRight } = writer;
    writer = null;
    mark.close();
    try {
      translatingSqliteErrors(path, () => {
        if (areWordsRight) noteWordsSum(data.folder, connection);
        connection.pragma('wal_checkpoint(TRUNCATE)');
        connection.close();
      });
    } finally {
      lock.release();
    }
  },
});
