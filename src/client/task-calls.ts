import { type Articles, readAhead, toEntries } from './article-batches.js';
import { type CallOptions, DEFAULT_TIMEOUTS_MS } from './client-options.js';
import type { Connection } from './connection.js';
import { toPathPart } from './request-path.js';
import { wait } from './time-limit.js';
import type { Task, TaskReply } from './wire-types.js';

export interface WaitForTaskOptions extends Omit<CallOptions, 'timeoutMs' | 'retries'> {
  /** Told each time that the task was asked for, the last time when it is over. */
  readonly onProgress?: (task: Task) => void;
  /** How long the service may be away before the wait is given up, in milliseconds. Default: 300,000. */
  readonly timeoutMs?: number;
}

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 2_000;

export function getTask(connection: Connection, id: string, options: CallOptions): Promise<Task> {
  return connection.json<Task>(
    { method: 'GET', path: `/v1/tasks/${toPathPart(id, 'id')}` },
    options,
    DEFAULT_TIMEOUTS_MS.read,
  );
}

/** Calling off twice is calling off once. */
export function cancelTask(connection: Connection, id: string, options: CallOptions): Promise<Task> {
  return connection.json<Task>(
    { method: 'DELETE', path: `/v1/tasks/${toPathPart(id, 'id')}` },
    options,
    DEFAULT_TIMEOUTS_MS.read,
  );
}

/**
 * Waits until a task is over, however long that takes: asks after 100 ms, then more and more rarely, at last every 2 s.
 * A service that is away meanwhile is waited for, since it goes on with its tasks when it is back.
 *
 * @returns The task as it has ended: its `state` tells how.
 * @throws as every call; TASK_NOT_FOUND
 */
export async function waitForTask(
  connection: Connection,
  id: string,
  { onProgress, ...options }: WaitForTaskOptions,
): Promise<Task> {
  const signal = options.signal ?? new AbortController().signal;
  const asked = {
    ...options,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUTS_MS.wait,
    retries: Number.MAX_SAFE_INTEGER,
  };
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(LONGEST_POLL_MS, pollMs * 1.5)) {
    const task = await getTask(connection, id, asked);
    onProgress?.(task);
    if (task.state !== 'queued' && task.state !== 'running') return task;
    await wait(pollMs, signal);
  }
}

/**
 * Hands articles over to be written while nobody waits. Not sent again when the reply is lost: a second task would write
 * the same once more, perhaps hours later, over what others have written since.
 */
export async function addArticlesAsTask(
  connection: Connection,
  articles: Articles,
  options: CallOptions,
): Promise<Task> {
  const signal = options.signal ?? new AbortController().signal;
  const lines: string[] = [];
  for await (const { line } of readAhead(toEntries(articles), signal)) lines.push(line);
  const text = lines.join('');
  const { task } = await connection.json<TaskReply>(
    {
      method: 'POST',
      path: '/v1/articles?async=true',
      body: () => ({ text, mediaType: 'application/x-ndjson' }),
      repeats: 'if-refused',
    },
    options,
    DEFAULT_TIMEOUTS_MS.batch,
  );
  return task;
}
