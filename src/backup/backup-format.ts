import { z } from 'zod';

/** Raised when an older program could not read what a newer one has written. */
export const BACKUP_FORMAT_VERSION = 1;

/** What is what inside of a backup, which is a tar archive of these files. The first entry says what all of it is. */
export const MANIFEST_FILE = 'manifest.json';
/** The last entry: the SHA-256 of every other one, in the form of `sha256sum`. */
export const CHECKSUMS_FILE = 'SHA256SUMS';
/** The databases have the names that they have in the index folder. */
export const STORE_FILE = 'fihrist.db';
export const KEYS_FILE = 'keys.db';

const TASK_FILE = /^tasks\/[\w-]+\.jsonl?$/;

/** Whether an entry of this name may be in a backup: nothing else is ever written to disk. */
export function isBackupEntry(name: string): boolean {
  return [MANIFEST_FILE, CHECKSUMS_FILE, STORE_FILE, KEYS_FILE].includes(name) || TASK_FILE.test(name);
}

const count = z.int().min(0);

/** What a backup says of itself. */
export const backupManifestSchema = z.object({
  format: z.literal('fihrist-backup'),
  formatVersion: count,
  /** When its state was taken (ISO 8601, UTC): it holds all that was acknowledged before. */
  createdAt: z.iso.datetime(),
  programVersion: z.string(),
  /** Of the database. */
  schemaVersion: count,
  /** Of the database: rises with every change of what can be found. */
  generation: count,
  articles: count,
  passages: count,
  /** The models that its vectors are of, those of the most passages first. */
  models: z.array(z.object({ fingerprint: z.string(), dimensions: count, passages: count })),
  /** Keys of the service, revoked ones too. */
  keys: count,
  /** Batches that were acknowledged and not yet over. */
  tasks: count,
  /** Of all files but the manifest and the checksums. */
  sizeBytes: count,
});

export type BackupManifest = z.infer<typeof backupManifestSchema>;

/** How far a backup or its restoring is. */
export interface BackupProgress {
  readonly phase: 'copying' | 'checking' | 'packing' | 'unpacking';
  /** How far checking is cannot be known: both are what is being checked. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Since the phase began. */
  readonly elapsedMs: number;
}
