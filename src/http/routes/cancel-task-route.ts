import { READING_ERRORS } from '../archive-errors.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { taskSchema } from '../schemas/task-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { taskPathParameters } from '../task-path-parameters.js';
import { toWireTask } from '../wire-results.js';

export function cancelTaskRoute({ tasks }: Pick<HttpServerOptions, 'tasks'>): Route {
  return defineRoute({
    method: 'delete',
    path: '/v1/tasks/{id}',
    operationId: 'cancelTask',
    tag: 'tasks',
    summary: 'Call off a task',
    description:
      'Stops a task that waits or runs, and tells how far it came; what it has written stays. A task that is over ' +
      'stays as it is: the `state` of the reply tells.',
    scope: 'articles:write',
    lane: 'light',
    pathParameters: taskPathParameters,
    replies: { 200: jsonReply('The task, which is over.', taskSchema) },
    errors: [...READING_ERRORS, 'TASK_NOT_FOUND'],
    examples: { task: { summary: 'A task', path: { id: '0mfa1b2c3-9f8e7d6c' } } },
    handle: async ({ res, path: { id } }) => {
      const task = await tasks().cancel(id);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toWireTask(task));
    },
  });
}
