import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Task, taskRecord } from './task.js';
import { replaceFile, syncFolder, toTaskFileError } from './task-files.js';

export interface OpenedTaskFolder {
  readonly folder: TaskFolder;
  /** By rising id. */
  readonly tasks: readonly Task[];
  /** Records that cannot be read; they and their articles are left as they are. */
  readonly unreadable: ReadonlyArray<{
    readonly id: string;
    readonly record: string;
    readonly payload: string;
  }>;
}

/**
 * Keeps tasks on disk: `<id>.json` is the task, `<id>.jsonl` the articles that it is to write. A task is there when its
 * record is; articles without a record are of a request that was not acknowledged.
 */
export class TaskFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Reads what is there and clears away what an interruption has left. To be used by one process at a time: whoever
   * has the index folder.
   * @throws DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator)
   */
  static async open(location: string): Promise<OpenedTaskFolder> {
    const folder = new TaskFolder(location);
    try {
      await mkdir(location, { recursive: true });
      const names = await readdir(location);
      const ids = idsOf(names, /^(.+)\.json$/).sort();
      const known = new Set(ids);
      for (const id of idsOf(names, /^(.+)\.jsonl$/)) {
        if (!known.has(id)) await rm(folder.payloadOf(id), { force: true });
      }
      for (const id of idsOf(names, /^(.+)\.json\.tmp$/))
        await rm(`${folder.#recordOf(id)}.tmp`, { force: true });
      const read = await Promise.all(ids.map((id) => folder.#read(id)));
      return {
        folder,
        tasks: read.filter((task) => task !== null),
        unreadable: ids
          .filter((_, i) => read[i] === null)
          .map((id) => ({ id, record: folder.#recordOf(id), payload: folder.payloadOf(id) })),
      };
    } catch (error) {
      throw toTaskFileError(error, location);
    }
  }

  /** Where a task's articles are, one a line. */
  payloadOf(id: string): string {
    return path.join(this.#folder, `${id}.jsonl`);
  }

  async hasPayload(id: string): Promise<boolean> {
    return access(this.payloadOf(id), constants.R_OK).then(
      () => true,
      () => false,
    );
  }

  /** Makes articles that were received outlast a power cut. @throws as `save` */
  async keepPayload(id: string): Promise<void> {
    const file = this.payloadOf(id);
    try {
      const handle = await open(file, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      await syncFolder(this.#folder);
    } catch (error) {
      throw toTaskFileError(error, file);
    }
  }

  /** Whole or not at all. @throws DISK_FULL, STORE_READ_ONLY, STORE_UNUSABLE (operator) */
  save(task: Task): Promise<void> {
    return replaceFile(this.#recordOf(task.id), withChecksum(task));
  }

  /** Never fails: what stays is cleared away when the folder is opened. */
  async removePayload(id: string): Promise<void> {
    await rm(this.payloadOf(id), { force: true }).catch(() => {});
  }

  /** Never fails. */
  async remove(id: string): Promise<void> {
    await rm(this.#recordOf(id), { force: true }).catch(() => {});
    await this.removePayload(id);
  }

  #recordOf(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }

  async #read(id: string): Promise<Task | null> {
    try {
      const record: unknown = JSON.parse(await readFile(this.#recordOf(id), 'utf8'));
      const parsed = taskRecord.safeParse(withoutChecksum(record));
      return parsed.success && parsed.data.id === id ? parsed.data : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
}

/** A digit that changed would make a task begin somewhere else, and nobody would see it. */
function withChecksum(task: object): string {
  return JSON.stringify({ ...task, checksum: checksumOf(task) });
}

/** @returns The record; null when its checksum is another's. Records of an earlier version have none. */
function withoutChecksum(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('checksum' in record)) return record;
  const { checksum, ...task } = record;
  return checksum === checksumOf(task) ? task : null;
}

function checksumOf(task: object): string {
  return createHash('sha256').update(JSON.stringify(task)).digest('hex');
}

/** @param pattern  Its first group is the id. */
function idsOf(names: readonly string[], pattern: RegExp): string[] {
  return names.map((name) => pattern.exec(name)?.[1]).filter((id) => id !== undefined);
}
