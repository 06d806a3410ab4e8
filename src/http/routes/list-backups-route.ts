import { BACKUP_FOLDER_ERRORS } from '../backup-errors.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { backupListReplySchema } from '../schemas/backup-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { toWireBackupSummary } from '../wire-backups.js';

export function listBackupsRoute({ backups }: Pick<HttpServerOptions, 'backups'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/backups',
    operationId: 'backups',
    tag: 'backups',
    summary: 'List backups',
    description:
      'Gives the backups in the folder that the service keeps them in, the newest first, with the one that is being ' +
      'made, and those that have failed since the service was started.',
    scope: 'admin',
    lane: 'light',
    replies: { 200: jsonReply('All backups there are.', backupListReplySchema) },
    errors: BACKUP_FOLDER_ERRORS,
    examples: { all: { summary: 'All of them' } },
    handle: async ({ res }) => {
      const found = await backups().list();
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, { backups: found.map(toWireBackupSummary) });
    },
  });
}
