import type { Request, Response } from 'express';
import type { Payload } from '../tasks/task-queue.js';
import { bodyChunks } from './body-chunks.js';
import { JSON_LINES } from './examples/writing-examples.js';
import type { HttpServerOptions } from './http-server-options.js';
import { readJsonBody } from './read-json-body.js';

/** What was sent: parsed JSON, or lines that lie in a file. */
export type ReceivedArticles = ReceivedLines | { readonly json: unknown };

export interface ReceivedLines {
  readonly payload: Payload;
  /** Whether its file is needed when the reply is out. */
  isKept: boolean;
}

/**
 * Takes in the articles of a request: JSON whole, within the limit for it, and lines into a file, however many they are.
 * What lies in a file is cleared away when the reply is out, unless it is kept by then.
 *
 * @throws as readJsonBody, bodyChunks and TaskQueue.receive; NOT_READY (operator) before anything is read
 */
export async function receiveArticles(
  req: Request,
  res: Response,
  { tasks, maxBodyBytes }: Pick<HttpServerOptions, 'tasks' | 'maxBodyBytes'>,
): Promise<ReceivedArticles> {
  const queue = tasks();
  const isLines = req.headers['content-type']?.toLowerCase().includes(JSON_LINES) === true;
  if (!isLines) return { json: await readJsonBody(req, res, maxBodyBytes) };
  const payload = await queue.receive(bodyChunks(req), 'lines').catch((error: unknown) => {
    // What still comes in is not waited for.
    if (!req.complete) res.setHeader('connection', 'close');
    throw error;
  });
  const received: ReceivedLines = { payload, isKept: false };
  const clearAway = () => {
    if (!received.isKept) void queue.discard(payload);
  };
  if (res.closed) clearAway();
  else res.once('close', clearAway);
  return received;
}
