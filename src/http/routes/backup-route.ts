import { BACKUP_FOLDER_ERRORS } from '../backup-errors.js';
import { backupPathParameters } from '../backup-path-parameters.js';
import { BACKUP_EXAMPLES } from '../examples/backup-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { backupSchema } from '../schemas/backup-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { toWireBackup } from '../wire-backups.js';

export function backupRoute({ backups }: Pick<HttpServerOptions, 'backups'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/backups/{id}',
    operationId: 'backup',
    tag: 'backups',
    summary: 'See how far a backup is',
    description:
      'Tells how far a backup is that is being made, and of one that is done what it holds, with the checksums that it ' +
      'has of its files. A backup that has failed is told of until the service stops.',
    scope: 'admin',
    lane: 'light',
    pathParameters: backupPathParameters,
    replies: { 200: jsonReply('The backup.', backupSchema) },
    errors: [...BACKUP_FOLDER_ERRORS, 'BACKUP_NOT_FOUND', 'BACKUP_INVALID'],
    examples: BACKUP_EXAMPLES,
    handle: async ({ res, path: { id } }) => {
      const backup = await backups().get(id);
      const checksums = backup.state === 'done' ? await backups().checksums(id) : null;
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toWireBackup(backup, checksums));
    },
  });
}
