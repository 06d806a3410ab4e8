import { z } from 'zod';
import { BACKUP_STATES } from '../../backup/backups.js';
import { errorReplySchema } from './error-reply-schema.js';

const { error } = errorReplySchema.shape;
const count = z.int().min(0);
const time = z.iso.datetime();

const summary = {
  id: z.string().describe('Id of the backup; rises with time.'),
  state: z
    .enum(BACKUP_STATES)
    .describe(
      'Whether it is being made ("running"), can be restored ("done"), or could not be made or is no whole backup any more ("failed", and `error` tells why).',
    ),
  name: z.string().describe('Name of its file in the folder of backups (`FIHRIST_BACKUPS`).'),
  created_at: time.describe(
    'When it was asked for (ISO 8601, UTC): it holds all that was acknowledged before.',
  ),
  size_bytes: count.nullable().describe('Of its file; null as long as there is none.'),
  progress: z
    .object({
      phase: z
        .enum(['copying', 'checking', 'packing', 'unpacking'])
        .describe('What is being done: the database is copied, the copy is checked, both are packed.'),
      bytes_done: count.describe('Of this phase; while it checks, as many as there are.'),
      bytes_total: count.describe('Of this phase.'),
    })
    .nullable()
    .describe('How far it is; null when it does not run, or has just begun.'),
  content: z
    .object({
      articles: count.describe('Articles.'),
      passages: count.describe('Passages.'),
      keys: count.describe('Keys of the service, revoked ones too.'),
      tasks: count.describe('Tasks that were not over.'),
      index_generation: count.describe('Rises with every change of what can be found.'),
      schema_version: count.describe('Of the database.'),
      program_version: z.string().describe('Of the program that made it.'),
    })
    .nullable()
    .describe('What it holds; null when it is not done.'),
  error: error.nullable().describe('Why it failed, or what is wrong with its file; null when nothing is.'),
};

export const backupSummarySchema = z
  .object(summary)
  .meta({ id: 'BackupSummary', description: 'A backup without the checksums of its files.' });

export const backupSchema = z
  .object({
    ...summary,
    checksums: z
      .record(z.string(), z.string())
      .nullable()
      .describe('SHA-256 of each file in it, by name, as it says of itself; null when it is not done.'),
  })
  .meta({ id: 'Backup', description: 'A copy of the archive that it can be restored from.' });

/** The reply to what began a backup. */
export const backupReplySchema = z
  .object({ backup: backupSummarySchema.describe('The backup that is being made.') })
  .meta({ id: 'BackupReply', description: 'A backup is being made.' });

/** The reply of `GET /v1/backups`. */
export const backupListReplySchema = z
  .object({ backups: z.array(backupSummarySchema).describe('The newest first.') })
  .meta({ id: 'BackupList', description: 'All backups there are.' });
