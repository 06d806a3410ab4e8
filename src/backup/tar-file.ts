import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { create, Parser, type ReadEntry, Unpack } from 'tar';
import { toBackupFileError } from './backup-errors.js';

type OnBytes = (bytesDone: number, bytesTotal: number) => void;

interface TarOptions {
  readonly onBytes?: OnBytes;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Packs files of a folder, in the order given, into a new tar archive, and brings it to disk.
 * @param names  Relative to `folder`. @param sizeBytes  Of all of them, for progress.
 * @throws DISK_FULL, BACKUP_FILE_UNUSABLE (operator); what `signal` fires with
 */
export async function packTar(
  file: string,
  files: { folder: string; names: readonly string[]; sizeBytes: number },
  { onBytes, signal }: TarOptions = {},
): Promise<void> {
  const { folder, names, sizeBytes } = files;
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      let bytesDone = 0;
      for await (const chunk of create({ cwd: folder, portable: true, strict: true }, [...names])) {
        signal?.throwIfAborted();
        await handle.writeFile(chunk);
        bytesDone += chunk.length;
        onBytes?.(Math.min(bytesDone, sizeBytes), sizeBytes);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toBackupFileError(error, file);
  }
}

/**
 * Unpacks the regular files of a tar archive whose names are admitted into a folder; compressed by gzip is fine, too.
 * @returns Names of entries that were not admitted, are neither files nor folders, or came twice; not unpacked.
 * @throws DISK_FULL, BACKUP_FILE_UNUSABLE (operator); an Error of tar's when it is no tar archive, or a cut or damaged one
 */
export async function unpackTar(
  file: string,
  target: { folder: string; admits: (name: string) => boolean },
  { onBytes, signal }: TarOptions = {},
): Promise<string[]> {
  const refused: string[] = [];
  const seen = new Set<string>();
  const unpack = new Unpack({
    cwd: target.folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    fmode: 0o600,
    dmode: 0o700,
    filter: (name, entry) => {
      // Folders come with their files; who packs a backup anew may have them as entries.
      if ('type' in entry && entry.type === 'Directory') return false;
      const isFile = 'type' in entry && (entry.type === 'File' || entry.type === 'OldFile');
      const isWanted = isFile && target.admits(name) && !seen.has(name);
      seen.add(name);
      if (!isWanted) refused.push(name);
      return isWanted;
    },
  });
  await feed(unpack, file, { signal, ...(onBytes === undefined ? {} : { onBytes }) });
  return refused;
}

/**
 * Reads the first entry of a tar archive, and not much more of the file than that.
 * @returns Null when its name is another, or it is larger than `mostBytes`.
 * @throws BACKUP_FILE_UNUSABLE (operator); an Error of tar's when it is no tar archive
 */
export async function readFirstEntry(file: string, name: string, mostBytes: number): Promise<Buffer | null> {
  const beginning = await readBeginning(file, mostBytes + 4_096);
  return new Promise((resolve, reject) => {
    let isFirst = true;
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry: ReadEntry) => {
        const isWanted = isFirst && entry.path === name && entry.size <= mostBytes;
        if (isWanted) entry.concat().then(resolve, reject);
        else if (isFirst) resolve(null);
        isFirst = false;
        if (!isWanted) entry.resume();
      },
    });
    parser.on('error', reject);
    // Of a file that is shorter than it should be, nothing more comes.
    parser.on('close', () => setImmediate(() => resolve(null)));
    parser.write(beginning);
    if (beginning.length <= mostBytes) parser.end();
  });
}

async function readBeginning(file: string, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toBackupFileError(error, file);
  }
}

async function feed(unpack: Unpack, file: string, { onBytes, signal }: TarOptions): Promise<void> {
  const { size } = await stat(file).catch((error: unknown) => {
    throw toBackupFileError(error, file);
  });
  let failure: unknown;
  const ended = new Promise<void>((resolve) => {
    unpack.on('error', (error: unknown) => {
      failure ??= error;
      resolve();
    });
    unpack.on('close', () => resolve());
  });
  let bytesDone = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
      signal?.throwIfAborted();
      if (failure !== undefined) break;
      if (!unpack.write(chunk as Buffer)) await Promise.race([once(unpack, 'drain'), ended]);
      bytesDone += (chunk as Buffer).length;
      onBytes?.(bytesDone, size);
    }
    unpack.end();
    await ended;
  } catch (error) {
    throw toBackupFileError(error, file);
  }
  if (failure !== undefined) throw toBackupFileError(failure, file);
}
