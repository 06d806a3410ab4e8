import { BACKUP_FOLDER_ERRORS } from '../backup-errors.js';
import { backupPathParameters } from '../backup-path-parameters.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';

export function deleteBackupRoute({ backups }: Pick<HttpServerOptions, 'backups'>): Route {
  return defineRoute({
    method: 'delete',
    path: '/v1/backups/{id}',
    operationId: 'deleteBackup',
    tag: 'backups',
    summary: 'Delete a backup',
    description:
      'Removes the file of a backup. One that is being made is called off, and one that has failed is not told of any more.',
    scope: 'admin',
    lane: 'light',
    pathParameters: backupPathParameters,
    replies: { 204: { description: 'The backup is gone.', content: {} } },
    errors: [...BACKUP_FOLDER_ERRORS, 'BACKUP_NOT_FOUND'],
    examples: { backup: { summary: 'A backup', path: { id: '20260131T080000000Z' }, status: 204 } },
    handle: async ({ res, path: { id } }) => {
      await backups().delete(id);
      res.statusCode = 204;
      res.end();
    },
  });
}
