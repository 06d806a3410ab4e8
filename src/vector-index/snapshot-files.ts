import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FihristError } from '../domain/errors.js';

const SNAPSHOT_FILE = /^vectors-(\d{8})\.(hnsw|json)(\.tmp)?$/;

/** Paths of one generation. The manifest is renamed into place last: a generation is there when its manifest is. */
export interface SnapshotPaths {
  readonly generation: number;
  readonly graph: string;
  readonly manifest: string;
}

export function snapshotPaths(folder: string, generation: number): SnapshotPaths {
  const stem = join(folder, `vectors-${String(generation).padStart(8, '0')}`);
  return { generation, graph: `${stem}.hnsw`, manifest: `${stem}.json` };
}

/** While a file is being written it has this name: in the same folder, so that a rename is atomic. */
export function temporaryPath(path: string): string {
  return `${path}.tmp`;
}

/** Generations of which any file is there, newest first. A missing folder has none. */
export async function listGenerations(folder: string): Promise<number[]> {
  const generations = new Set<number>();
  for (const name of await readNames(folder)) {
    const match = SNAPSHOT_FILE.exec(name);
    if (match !== null && match[3] === undefined) generations.add(Number(match[1]));
  }
  return [...generations].sort((a, b) => b - a);
}

/** Removes the snapshot files of all other generations, and what interrupted writes have left. Never fails. */
export async function removeSnapshotsExcept(folder: string, generations: readonly number[]): Promise<void> {
  for (const name of await readNames(folder)) {
    const match = SNAPSHOT_FILE.exec(name);
    if (match === null) continue;
    if (match[3] === undefined && generations.includes(Number(match[1]))) continue;
    await rm(join(folder, name), { force: true }).catch(() => {});
  }
}

/** Makes what was written to a file, or the names in a folder, outlast a power cut. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws STORE_READ_ONLY, DISK_FULL (operator) */
export async function ensureFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw translateFileError(error, folder);
  }
}

/**
 * Says in the program's words why a file could not be written. Anything unforeseen comes back unchanged.
 * EFBIG is a limit on file size (ulimit), which is a full disk to whoever meets it.
 */
export function translateFileError(error: unknown, path: string): unknown {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(cause)) return diskFull(path, cause, error);
  if (/^(EACCES|EPERM|EROFS)$/.test(cause)) {
    return new FihristError(
      'STORE_READ_ONLY',
      `${path} cannot be written (${cause}); check the owner and permissions of its folder.`,
      { details: { path, cause }, cause: error },
    );
  }
  return error;
}

export function diskFull(path: string, reason: string, cause?: unknown): FihristError {
  return new FihristError(
    'DISK_FULL',
    `There is no space left to write ${path} (${reason}); the previous snapshot stays usable.`,
    { details: { path, cause: reason }, cause },
  );
}

async function readNames(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
