import type { Response } from 'express';
import { z } from 'zod';
import { parseArticleObject } from '../../corpus/parse-article-object.js';
import { REQUEST_ORIGIN, readArticleObjects } from '../../ingest/read-article-objects.js';
import type { Payload } from '../../tasks/task-queue.js';
import type { TaskView } from '../../tasks/task-view.js';
import type { Access } from '../access.js';
import { answerBatch } from '../answer-batch.js';
import { answerLines } from '../answer-lines.js';
import { describeField } from '../describe-field.js';
import { ADDING_EXAMPLES, JSON_LINES } from '../examples/writing-examples.js';
import type { HttpServerOptions, Tasks } from '../http-server-options.js';
import { searchOf } from '../path-of.js';
import { type ReceivedLines, receiveArticles } from '../receive-articles.js';
import { requireJsonObject } from '../require-json-object.js';
import { defineRoute, type Route } from '../route.js';
import { queryParameters } from '../route-query.js';
import { jsonReply } from '../route-reply.js';
import { articleBodySchema } from '../schemas/article-body-schema.js';
import {
  batchReplySchema,
  resultLineSchema,
  writtenArticleSchema,
} from '../schemas/article-result-schemas.js';
import { taskReplySchema } from '../schemas/task-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { toWireTask } from '../wire-results.js';
import { ARTICLE_ERRORS, TASK_ERRORS } from '../write-errors.js';
import { writeOneArticle } from '../write-one-article.js';

/** What is written while the caller waits; beyond either of them it becomes a task. */
export const WAITING_LIMITS = { articles: 100, sizeBytes: 512 * 1024 } as const;

const query = queryParameters(
  z.object({
    async: describeField(z.boolean().default(false), {
      allowed: 'true or false',
      meaning: 'Whether a small batch becomes a task, too.',
    }),
  }),
);

type Options = Pick<HttpServerOptions, 'writeArticles' | 'tasks' | 'maxBodyBytes' | 'logger'>;

export function addArticlesRoute(options: Options): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/articles',
    operationId: 'addArticles',
    tag: 'articles',
    summary: 'Add or replace articles',
    description: `Writes one article, an array, or lines of JSON (\`${JSON_LINES}\`), each article on its own: what is wrong with one is its result, and the others go in. An article whose id is there is replaced. What is told of as created or updated is on disk, and the next search finds it. More than ${WAITING_LIMITS.articles} articles or ${WAITING_LIMITS.sizeBytes / 1_024} KB become a task, which is on disk when it is answered with 202.`,
    scope: 'articles:write',
    lane: 'write',
    query,
    body: {
      kind: 'stream',
      content: {
        'application/json': z.union([articleBodySchema, z.array(articleBodySchema)]),
        [JSON_LINES]: articleBodySchema,
      },
      receive: (req, res) => {
        // What would be refused when all of a long body is there is refused at once.
        query.read(searchOf(req.originalUrl));
        return receiveArticles(req, res, options);
      },
    },
    replies: {
      200: {
        description: 'The articles were written, each with a result of its own; or one was replaced.',
        content: {
          'application/json': z.union([batchReplySchema, writtenArticleSchema]),
          [JSON_LINES]: resultLineSchema,
        },
      },
      201: jsonReply('One article was sent, and was not there before.', writtenArticleSchema),
      202: jsonReply(
        'The articles are on disk and will be written: see `GET /v1/tasks/{id}`.',
        taskReplySchema,
      ),
    },
    errors: [...ARTICLE_ERRORS, ...TASK_ERRORS, 'INVALID_JSON', 'UNKNOWN_FIELD', 'BODY_TOO_LARGE'],
    examples: ADDING_EXAMPLES,
    handle: async ({ res, access, query: { async: isAsync }, body }) => {
      if ('payload' in body) await writeLines(res, body, { ...options, access, isAsync });
      else await writeJson(res, body.json, { ...options, access, isAsync });
    },
  });
}

type Writing = Options & { readonly isAsync: boolean; readonly access: Access };

async function writeJson(res: Response, json: unknown, options: Writing): Promise<void> {
  const { isAsync, tasks } = options;
  if (!Array.isArray(json) && !isAsync) {
    await writeOneArticle(res, parseArticleObject(requireJsonObject(json), REQUEST_ORIGIN), options);
    return;
  }
  const values: readonly unknown[] = Array.isArray(json) ? json : [requireJsonObject(json)];
  const lines = values.map((value) => Buffer.from(`${JSON.stringify(value)}\n`));
  const sizeBytes = lines.reduce((sum, line) => sum + line.length, 0);
  if (isAsync || isLarge({ articles: values.length, sizeBytes })) {
    await answerWithTask(res, await tasks().receive(each(lines), 'array'), options);
  } else {
    await answerBatch(res, readArticleObjects(values), options);
  }
}

async function writeLines(res: Response, received: ReceivedLines, options: Writing): Promise<void> {
  const { payload } = received;
  const queue = options.tasks();
  if (options.isAsync || isLarge(payload)) {
    received.isKept = true;
    await answerWithTask(res, payload, options);
  } else {
    await answerLines(res, queue.articlesOf(payload), options);
  }
}

async function answerWithTask(res: Response, payload: Payload, { tasks, access }: Writing): Promise<void> {
  const task = await addUnlessOver(payload, tasks(), access);
  res.setHeader('cache-control', 'no-store');
  res.setHeader('location', `/v1/tasks/${task.id}`);
  sendJson(res, 202, { task: toWireTask(task) });
}

/** @throws what the caller's time was ended with; the payload is removed then */
async function addUnlessOver(payload: Payload, tasks: Tasks, { beginChange }: Access): Promise<TaskView> {
  try {
    beginChange();
  } catch (error) {
    await tasks.discard(payload);
    throw error;
  }
  return tasks.add(payload);
}

function isLarge({ articles, sizeBytes }: Pick<Payload, 'articles' | 'sizeBytes'>): boolean {
  return articles > WAITING_LIMITS.articles || sizeBytes > WAITING_LIMITS.sizeBytes;
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
