import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { Header, Parser, type ReadEntry } from 'tar';
import { toBackupFileError } from './backup-errors.js';

/** A tar archive is written in blocks, and ends with two that are empty. */
const BLOCK_BYTES = 512;
const CHUNK_BYTES = 1_048_576;

interface TarOptions {
  /** Told of the archive's bytes as they are read or written. */
  readonly onBytes?: (bytesDone: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What becomes an entry: a file that does not change, or a text, asked for when its turn has come. */
export type PackedEntry = { readonly name: string } & (
  | { readonly file: string }
  | { readonly text: () => string }
);

/**
 * Writes a new tar archive and brings it to disk.
 * @param onChunk  Told of the content of each entry, bit by bit.
 * @throws DISK_FULL, BACKUP_FILE_UNUSABLE (operator); what `signal` fires with
 */
export async function packTar(
  file: string,
  entries: readonly PackedEntry[],
  options: TarOptions & { readonly mtime: Date; readonly onChunk: (name: string, chunk: Uint8Array) => void },
): Promise<void> {
  const { onBytes, onChunk, mtime, signal } = options;
  try {
    const archive = await open(file, 'wx', 0o600);
    try {
      let written = 0;
      const write = async (bytes: Uint8Array) => {
        signal?.throwIfAborted();
        await archive.writeFile(bytes);
        written += bytes.length;
        onBytes?.(written);
      };
      for (const entry of entries) {
        await writeEntry(entry, { mtime, write, onChunk: (chunk) => onChunk(entry.name, chunk) });
      }
      await write(Buffer.alloc(2 * BLOCK_BYTES));
      await archive.sync();
    } finally {
      await archive.close();
    }
  } catch (error) {
    throw toBackupFileError(error, file);
  }
}

interface EntryWriter {
  readonly mtime: Date;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly onChunk: (chunk: Uint8Array) => void;
}

async function writeEntry(entry: PackedEntry, { mtime, write, onChunk }: EntryWriter): Promise<void> {
  const writeHeader = async (size: number) => {
    const block = Buffer.alloc(BLOCK_BYTES);
    new Header({ path: entry.name, type: 'File', mode: 0o600, uid: 0, gid: 0, size, mtime }).encode(block);
    await write(block);
  };
  const writePadding = async (size: number) => {
    const surplus = size % BLOCK_BYTES;
    if (surplus > 0) await write(Buffer.alloc(BLOCK_BYTES - surplus));
  };
  if ('text' in entry) {
    const bytes = Buffer.from(entry.text());
    await writeHeader(bytes.length);
    onChunk(bytes);
    await write(bytes);
    await writePadding(bytes.length);
    return;
  }
  const source = await open(entry.file, 'r');
  try {
    const { size } = await source.stat();
    await writeHeader(size);
    await eachChunk(source, async (chunk) => {
      onChunk(chunk);
      await write(chunk);
    });
    await writePadding(size);
  } finally {
    await source.close();
  }
}

async function eachChunk(source: FileHandle, take: (chunk: Uint8Array) => Promise<void>): Promise<void> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    await take(buffer.subarray(0, bytesRead));
  }
}

/** One entry of an archive that is being read. Its content must be read to its end, or the promise must fail. */
export interface TarEntry {
  readonly name: string;
  readonly isFile: boolean;
  readonly sizeBytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Reads a tar archive once, entry by entry; compressed by gzip is fine, too. Folders are passed over.
 * @throws BACKUP_FILE_UNUSABLE (operator); an Error of tar's when it is no tar archive, or a cut or damaged one; what
 *   `visit` throws; what `signal` fires with. Nothing is left open then.
 */
export async function readTar(
  file: string,
  visit: (entry: TarEntry) => Promise<void>,
  { onBytes, signal }: TarOptions = {},
): Promise<void> {
  let failure: unknown;
  let visits = Promise.resolve();
  const contents = new Set<PassThrough>();
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<void>((resolve) => {
    fail = (error) => {
      failure ??= error;
      for (const content of contents) content.destroy();
      resolve();
    };
  });
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      if (failure !== undefined || entry.type === 'Directory') {
        entry.resume();
        return;
      }
      const isFile = entry.type === 'File' || entry.type === 'OldFile';
      const content = entry.pipe(new PassThrough());
      // Why it ends early is in `failure`.
      content.on('error', () => {});
      contents.add(content);
      visits = visits
        .then(() => visit({ name: entry.path, isFile, sizeBytes: entry.size, content }))
        .catch(fail)
        .finally(() => contents.delete(content));
    },
  });
  parser.on('error', fail);
  const closed = new Promise<void>((resolve) => parser.on('close', () => resolve()));
  let bytesDone = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
      signal?.throwIfAborted();
      if (failure !== undefined) break;
      if (!parser.write(chunk as Buffer)) await Promise.race([once(parser, 'drain'), failed]);
      bytesDone += (chunk as Buffer).length;
      onBytes?.(bytesDone);
    }
    if (failure === undefined) {
      parser.end();
      await Promise.race([closed, failed]);
    }
  } catch (error) {
    fail(error);
  }
  await visits;
  if (failure !== undefined) throw toBackupFileError(failure, file);
}

/**
 * Reads the first entry of a tar archive, and not much more of the file than that.
 * @returns Null when its name is another, or it is larger than `mostBytes`.
 * @throws BACKUP_FILE_UNUSABLE (operator); an Error of tar's when it is no tar archive
 */
export async function readFirstEntry(file: string, name: string, mostBytes: number): Promise<Buffer | null> {
  const enough = new Error('the first entry was read');
  let found: Buffer | null = null;
  const visit = async (entry: TarEntry) => {
    const isWanted = entry.name === name && entry.isFile && entry.sizeBytes <= mostBytes;
    const chunks: Uint8Array[] = [];
    if (isWanted) for await (const chunk of entry.content) chunks.push(chunk);
    if (isWanted) found = Buffer.concat(chunks);
    throw enough;
  };
  await readTar(file, visit).catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  return found;
}

/**
 * Reads the last entry of this name from the end of a tar archive that is not compressed, and not more of the file.
 * @param mostBytes  Of the end that is looked at.
 * @returns Null when there is none in it.
 * @throws BACKUP_FILE_UNUSABLE (operator)
 */
export async function readLastEntry(file: string, name: string, mostBytes: number): Promise<Buffer | null> {
  const end = await readEnd(file, mostBytes);
  for (let at = end.length - BLOCK_BYTES; at >= 0; at -= BLOCK_BYTES) {
    const header = new Header(end, at);
    if (!header.cksumValid || header.path !== name) continue;
    return end.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + (header.size ?? 0));
  }
  return null;
}

/** As many whole blocks as there are, or as fit. */
async function readEnd(file: string, mostBytes: number): Promise<Buffer> {
  try {
    const archive = await open(file, 'r');
    try {
      const { size } = await archive.stat();
      const length = Math.min(mostBytes - (mostBytes % BLOCK_BYTES), size - (size % BLOCK_BYTES));
      const { buffer, bytesRead } = await archive.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.subarray(0, bytesRead);
    } finally {
      await archive.close();
    }
  } catch (error) {
    throw toBackupFileError(error, file);
  }
}
