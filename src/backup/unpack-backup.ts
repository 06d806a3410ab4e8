import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { examineDatabase, examineFile } from '../storage/copy-database.js';
import { syncFile } from '../storage/sync-file.js';
import { invalidBackup, toBackupFileError } from './backup-errors.js';
import {
  BACKUP_FORMAT_VERSION,
  type BackupManifest,
  type BackupProgress,
  backupManifestSchema,
  CHECKSUMS_FILE,
  isBackupEntry,
  KEYS_FILE,
  MANIFEST_FILE,
  STORE_FILE,
} from './backup-format.js';
import { ChecksumsOfFiles, parseChecksums } from './checksums.js';
import { readFirstEntry, readTar, type TarEntry } from './tar-file.js';

const MOST_MANIFEST_BYTES = 1_048_576;

/**
 * What a backup says of itself, read from its beginning alone: nothing else of it is checked.
 * @throws BACKUP_INVALID, BACKUP_FILE_UNUSABLE (operator)
 */
export async function readBackupManifest(file: string): Promise<BackupManifest> {
  const bytes = await readFirstEntry(file, MANIFEST_FILE, MOST_MANIFEST_BYTES).catch((error: unknown) => {
    throw asInvalid(file, error);
  });
  if (bytes === null) throw invalidBackup(file, `it does not begin with ${MANIFEST_FILE}`);
  return parseManifest(file, bytes.toString('utf8'));
}

export interface UnpackOptions {
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Unpacks a backup into a folder that is not there yet and checks all of it: the form of the archive, the checksum of
 * every file, what the manifest says of them, SQLite's own checks of both databases, and that no newer program made
 * them. When the promise resolves, all of it is on disk.
 * @throws BACKUP_INVALID, BACKUP_FILE_UNUSABLE, STORE_NEWER_SCHEMA, DISK_FULL (operator); what `signal` fires with
 * Cost: as createBackup.
 */
export async function unpackBackup(
  file: string,
  folder: string,
  { onProgress, signal }: UnpackOptions = {},
): Promise<BackupManifest> {
  await mkdir(folder, { mode: 0o700 });
  const sums = await unpackAndSum(file, folder, { onProgress, signal });
  const { size: bytesTotal } = await stat(path.join(folder, STORE_FILE)).catch(() => ({ size: 0 }));
  onProgress?.({ phase: 'checking', bytesDone: bytesTotal, bytesTotal, elapsedMs: 0 });
  const names = await checkChecksums(file, folder, sums);
  signal?.throwIfAborted();
  const manifest = parseManifest(file, await readFile(path.join(folder, MANIFEST_FILE), 'utf8'));
  if (!names.includes(STORE_FILE)) throw invalidBackup(file, `it has no ${STORE_FILE}`);
  checkDatabases(file, folder, { manifest, hasKeys: names.includes(KEYS_FILE) });
  // SQLite makes them to read a database, and may not remove them.
  for (const name of await listFiles(folder)) {
    if (/-(wal|shm)$/.test(name)) await rm(path.join(folder, name));
  }
  if (names.some((name) => name.startsWith('tasks/'))) await syncFile(path.join(folder, 'tasks'));
  await syncFile(folder);
  return manifest;
}

/** @returns The checksums of what was unpacked */
async function unpackAndSum(
  file: string,
  folder: string,
  { onProgress, signal }: UnpackOptions,
): Promise<Map<string, string>> {
  const started = performance.now();
  const sums = new ChecksumsOfFiles();
  const { size: bytesTotal } = await stat(file).catch((error: unknown) => {
    throw toBackupFileError(error, file);
  });
  const unpackEntry = async ({ name, isFile, content }: TarEntry) => {
    if (!isFile || !isBackupEntry(name)) {
      throw invalidBackup(file, `it has an entry that does not belong there: ${name}`);
    }
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const handle = await open(target, 'wx', 0o600).catch((error: unknown) => {
      throw isThere(error) ? invalidBackup(file, `it has ${name} twice`) : toBackupFileError(error, target);
    });
    try {
      sums.start(name);
      for await (const chunk of content) {
        sums.add(name, chunk);
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } catch (error) {
      throw toBackupFileError(error, target);
    } finally {
      await handle.close();
    }
  };
  await readTar(file, unpackEntry, {
    signal,
    onBytes: (bytesDone) =>
      onProgress?.({ phase: 'unpacking', bytesDone, bytesTotal, elapsedMs: performance.now() - started }),
  }).catch((error: unknown) => {
    throw asInvalid(file, error);
  });
  return sums.all();
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** @param found  Of what was unpacked. @returns Names of all files, the checksums left out */
async function checkChecksums(
  file: string,
  folder: string,
  found: ReadonlyMap<string, string>,
): Promise<string[]> {
  const text = await readFile(path.join(folder, CHECKSUMS_FILE), 'utf8').catch(() => null);
  if (text === null) throw invalidBackup(file, `it ends before its ${CHECKSUMS_FILE}`);
  const expected = parseChecksums(text);
  if (expected === null) throw invalidBackup(file, `its ${CHECKSUMS_FILE} cannot be read`);
  for (const [name, sum] of expected) {
    if (!found.has(name)) throw invalidBackup(file, `${name} is missing`);
    if (found.get(name) !== sum) throw invalidBackup(file, `${name} was altered: its checksum is another`);
  }
  const extra = [...found.keys()].find((name) => name !== CHECKSUMS_FILE && !expected.has(name));
  if (extra !== undefined) throw invalidBackup(file, `${extra} has no checksum`);
  return [...expected.keys()];
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

function checkDatabases(
  file: string,
  folder: string,
  { manifest, hasKeys }: { manifest: BackupManifest; hasKeys: boolean },
): void {
  const { problems, facts } = examineDatabase(folder);
  const keyProblems = hasKeys ? examineFile(path.join(folder, KEYS_FILE)) : [];
  const [problem] = [...problems, ...keyProblems];
  if (problem !== undefined) throw invalidBackup(file, `its database is damaged (${problem})`);
  for (const name of ['schemaVersion', 'generation', 'articles', 'passages'] as const) {
    if (facts?.[name] === manifest[name]) continue;
    throw invalidBackup(
      file,
      `${name} is ${facts?.[name]} in its database, and ${manifest[name]} in its manifest`,
    );
  }
}

function parseManifest(file: string, text: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidBackup(file, `its ${MANIFEST_FILE} is not JSON`, error);
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > BACKUP_FORMAT_VERSION) {
    throw invalidBackup(
      file,
      `it has format version ${version}; this program knows versions up to ${BACKUP_FORMAT_VERSION}, so use the newer program`,
    );
  }
  const parsed = backupManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || issue.message);
  throw invalidBackup(file, `its ${MANIFEST_FILE} is not one (${fields.join(', ')})`);
}

/** What the archive's reader says of a file that is no archive, or a cut or damaged one. */
function asInvalid(file: string, error: unknown): unknown {
  if (error instanceof FihristError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const isOfFormat = code.startsWith('TAR_') || code.startsWith('Z_') || code === 'ZlibError';
  return isOfFormat ? invalidBackup(file, error.message, error) : error;
}
