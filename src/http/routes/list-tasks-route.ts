import { z } from 'zod';
import { TASK_STATES } from '../../tasks/task.js';
import type { TaskListOptions } from '../../tasks/task-book.js';
import { describeField } from '../describe-field.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { cutPage, readPageCursor } from '../page-cursor.js';
import { pageParameters } from '../page-parameters.js';
import { readParameters } from '../read-parameters.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { taskListReplySchema } from '../schemas/task-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { toWireTaskSummary } from '../wire-results.js';

const parameters = z.object({
  ...pageParameters,
  states: describeField(z.array(z.enum(TASK_STATES)).min(1).optional(), {
    allowed: `one or more of ${TASK_STATES.join(', ')}`,
    meaning: 'Tasks in these states: a list with commas, or the parameter given again. Default: all.',
  }),
});

export function listTasksRoute({ tasks }: Pick<HttpServerOptions, 'tasks'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/tasks',
    operationId: 'tasks',
    tag: 'tasks',
    summary: 'List tasks',
    description: 'Gives the tasks there are, the newest first, in pages.',
    scope: 'articles:write',
    lane: 'light',
    query: { schema: parameters, read: parseParameters },
    replies: { 200: jsonReply('A page of tasks.', taskListReplySchema) },
    errors: ['NOT_READY'],
    examples: { not_over: { summary: 'Those that are not over', query: { states: ['queued', 'running'] } } },
    handle: ({ res, query }) => {
      const found = tasks().list({ ...query, limit: query.limit + 1 });
      const { page, nextCursor } = cutPage(found, query.limit);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, { tasks: page.map(toWireTaskSummary), next_cursor: nextCursor });
    },
  });
}

function parseParameters(search: string): TaskListOptions {
  const { limit, cursor, states } = readParameters(search, parameters);
  return {
    limit,
    ...(cursor === undefined ? {} : { after: readPageCursor(cursor) }),
    ...(states === undefined ? {} : { states }),
  };
}
