import { TASK_EXAMPLES } from '../examples/task-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { taskSchema } from '../schemas/task-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { taskPathParameters } from '../task-path-parameters.js';
import { toWireTask } from '../wire-results.js';

export function taskRoute({ tasks }: Pick<HttpServerOptions, 'tasks'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/tasks/{id}',
    operationId: 'task',
    tag: 'tasks',
    summary: 'See how far a task is',
    description:
      'Tells where a task is, what became of its articles so far, and how long it will take yet. Tasks that are over ' +
      'are kept for 7 days, and at most 1,000 of them.',
    scope: 'articles:write',
    lane: 'light',
    pathParameters: taskPathParameters,
    replies: { 200: jsonReply('The task.', taskSchema) },
    errors: ['TASK_NOT_FOUND', 'NOT_READY'],
    examples: TASK_EXAMPLES,
    handle: ({ res, path: { id } }) => {
      const task = tasks().get(id);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toWireTask(task));
    },
  });
}
