import type { z } from 'zod';
import type { Backup } from '../backup/backups.js';
import type { backupSchema, backupSummarySchema } from './schemas/backup-reply-schemas.js';
import { toErrorFields } from './wire-results.js';

/*
 * Backups in the form of the wire: see wire-format.ts.
 */

export function toWireBackup(
  backup: Backup,
  checksums: ReadonlyMap<string, string> | null,
): z.infer<typeof backupSchema> {
  return {
    ...toWireBackupSummary(backup),
    checksums: checksums === null ? null : Object.fromEntries(checksums),
  };
}

export function toWireBackupSummary(backup: Backup): z.infer<typeof backupSummarySchema> {
  const { id, state, name, createdAt, sizeBytes, progress, manifest, error } = backup;
  return {
    id,
    state,
    name,
    created_at: createdAt,
    size_bytes: sizeBytes,
    progress:
      progress === null
        ? null
        : { phase: progress.phase, bytes_done: progress.bytesDone, bytes_total: progress.bytesTotal },
    content:
      manifest === null
        ? null
        : {
            articles: manifest.articles,
            passages: manifest.passages,
            keys: manifest.keys,
            tasks: manifest.tasks,
            index_generation: manifest.generation,
            schema_version: manifest.schemaVersion,
            program_version: manifest.programVersion,
          },
    error: error === null ? null : toErrorFields(error),
  };
}
