import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const RECORD = /^[\w-]+\.json$/;

/** A record as it was read. */
interface TaskRecord {
  readonly id: string;
  readonly text: string;
  readonly isOver: boolean;
}

/**
 * Copies tasks while they are worked on. The articles of a task never change, so they are copied first, and however
 * long that takes; the records are read in one go at the end, and the database is pinned right after that. How far a
 * task is that is under way, the database tells itself. It forgets one that has ended, so that records of before the
 * end would begin it again: when one has ended in between, all of it has to be done again (`haveMovedOn`).
 */
export class TaskCopy {
  readonly #source: string;
  readonly #target: string;
  readonly #copied = new Set<string>();
  /** Whose articles are gone, which the service says when it comes to them. */
  readonly #withoutArticles = new Set<string>();

  /** @param folders  Of the index, and of the copy. */
  constructor(folders: { readonly index: string; readonly copy: string }) {
    this.#source = path.join(folders.index, 'tasks');
    this.#target = path.join(folders.copy, 'tasks');
  }

  /** Copies the articles of the tasks that are not over; those that are copied already are passed over. */
  async copyArticles(): Promise<void> {
    await mkdir(this.#target, { recursive: true });
    for (const { id, isOver } of await this.#records()) {
      const name = `${id}.jsonl`;
      if (isOver || this.#isKnown(id)) continue;
      try {
        await copyFile(
          path.join(this.#source, name),
          path.join(this.#target, name),
          constants.COPYFILE_FICLONE,
        );
        this.#copied.add(id);
      } catch (error) {
        if (!isMissing(error)) throw error;
        // Most likely it came to its end meanwhile, and then its articles are in the database.
        if ((await this.#read(id))?.isOver === false) this.#withoutArticles.add(id);
      }
    }
  }

  #isKnown(id: string): boolean {
    return this.#copied.has(id) || this.#withoutArticles.has(id);
  }

  /** The records as they are now, without tasks whose articles are not copied. */
  async readRecords(): Promise<readonly TaskRecord[]> {
    return (await this.#records()).filter(({ id, isOver }) => isOver || this.#isKnown(id));
  }

  /** Whether a task has come or ended since `records` were read. */
  async haveMovedOn(records: readonly TaskRecord[]): Promise<boolean> {
    const now = await this.#records();
    const unfinished = new Set(now.filter(({ isOver }) => !isOver).map(({ id }) => id));
    const hasEnded = records.some(({ id, isOver }) => !isOver && !unfinished.has(id));
    return hasEnded || [...unfinished].some((id) => !this.#isKnown(id));
  }

  /** Writes records beside the articles. @returns Names of all files of the copy, relative to its folder */
  async write(records: readonly TaskRecord[]): Promise<string[]> {
    for (const { id, text } of records) {
      await writeFile(path.join(this.#target, `${id}.json`), text, { mode: 0o600 });
    }
    const unfinished = records.filter(({ id, isOver }) => !isOver && this.#copied.has(id));
    return [
      ...records.map(({ id }) => `tasks/${id}.json`),
      ...unfinished.map(({ id }) => `tasks/${id}.jsonl`),
    ];
  }

  async #records(): Promise<TaskRecord[]> {
    const names = await readdir(this.#source).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const records = await Promise.all(
      names.filter((name) => RECORD.test(name)).map((name) => this.#read(name.slice(0, -5))),
    );
    return records.filter((record) => record !== null).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Null when it was forgotten meanwhile. One that cannot be read is kept, with its articles, as the service does. */
  async #read(id: string): Promise<TaskRecord | null> {
    try {
      const text = await readFile(path.join(this.#source, `${id}.json`), 'utf8');
      return { id, text, isOver: isOver(text) };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
}

/** The first line is the record; what may follow is about the line. */
function isOver(text: string): boolean {
  try {
    const record = JSON.parse(text.split('\n', 1)[0] ?? '') as { finishedAt?: unknown };
    return typeof record.finishedAt === 'string';
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
