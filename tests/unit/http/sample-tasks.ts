import { FihristError } from '../../../src/domain/errors.js';
import type { Tasks } from '../../../src/http/http-server-options.js';
import { readArticleLines } from '../../../src/ingest/read-article-lines.js';
import type { TaskView } from '../../../src/tasks/task-view.js';

/** A task in the middle of its work, with an article that failed. */
export const sampleTask: TaskView = {
  version: 1,
  id: '0mfa1b2c3-9f8e7d6c',
  state: 'running',
  form: 'lines',
  articles: 5_000,
  sizeBytes: 20_000_000,
  sha256: null,
  createdAt: '2026-01-31T08:00:00.000Z',
  startedAt: '2026-01-31T08:00:01.000Z',
  finishedAt: null,
  progress: {
    articlesDone: 1_250,
    bytesDone: 5_000_000,
    created: 1_200,
    updated: 30,
    unchanged: 19,
    failed: 1,
    errors: [
      {
        index: 16,
        line: 17,
        id: null,
        error: {
          code: 'ARTICLE_LINE_INVALID',
          message: 'HTTP request line 17: the line is not valid JSON.',
          details: { file: 'HTTP request', line: 17 },
        },
      },
    ],
  },
  error: null,
  articlesPerSecond: 12.345,
  secondsLeft: 303.77,
};

/** Tasks of which there is one, and which take in whatever comes without writing it. */
export function sampleTasks(): Tasks {
  const received = new Map<string, Buffer>();
  const get = (id: string) => {
    if (id === sampleTask.id) return sampleTask;
    throw new FihristError('TASK_NOT_FOUND', `No task has the id "${id}".`, { details: { id } });
  };
  return {
    receive: async (chunks, form) => {
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks) parts.push(chunk);
      const bytes = Buffer.concat(parts);
      const id = `payload-${received.size}`;
      received.set(id, bytes);
      const articles = bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '').length;
      return { id, form, articles, sizeBytes: bytes.length, sha256: '' };
    },
    articlesOf: ({ id }) => readArticleLines(only(received.get(id) ?? Buffer.alloc(0))),
    discard: async ({ id }) => void received.delete(id),
    add: async () => sampleTask,
    get,
    list: ({ limit }) => [sampleTask].slice(0, limit),
    cancel: async (id) => ({ ...get(id), state: 'cancelled', finishedAt: '2026-01-31T08:02:00.000Z' }),
  };
}

async function* only(bytes: Buffer): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
