import { BACKUP_FOLDER_ERRORS } from '../backup-errors.js';
import { RUNNING_BACKUP } from '../examples/backup-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { backupReplySchema } from '../schemas/backup-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { toWireBackupSummary } from '../wire-backups.js';

export function createBackupRoute({ backups }: Pick<HttpServerOptions, 'backups'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/backups',
    operationId: 'createBackup',
    tag: 'backups',
    summary: 'Make a backup',
    description:
      'Begins to save all of the archive that cannot be made again as one file in the folder of backups, while ' +
      'everything else goes on. It holds all that was acknowledged before. One is made at a time; the oldest go when a ' +
      'new one is done.',
    scope: 'admin',
    lane: 'light',
    replies: { 202: jsonReply('It is being made: see `GET /v1/backups/{id}`.', backupReplySchema) },
    errors: [...BACKUP_FOLDER_ERRORS, 'BACKUP_RUNNING', 'SHUTTING_DOWN'],
    examples: {
      backup: { summary: 'A backup', status: 202, reply: { backup: { ...RUNNING_BACKUP, progress: null } } },
    },
    handle: async ({ res }) => {
      const backup = await backups().start();
      res.setHeader('cache-control', 'no-store');
      res.setHeader('location', `/v1/backups/${backup.id}`);
      sendJson(res, 202, { backup: toWireBackupSummary(backup) });
    },
  });
}
