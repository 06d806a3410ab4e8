import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { openConnection } from './one-connection.mjs';

const QUESTIONS = readFileSync(new URL('../../corpus/questions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).question ?? JSON.parse(line).text);

/**
 * Asks a running service over kept connections, as many as it takes: nothing queues on this side.
 * @param {{ url: string, key: string | null, timeoutMs?: number }} options  `url`: of this machine.
 */
export function createAsker({ url, key, timeoutMs = 30_000 }) {
  const port = Number(new URL(url).port || 80);
  const opened = new Set();
  const free = [];
  let asked = 0;

  const takeConnection = () => {
    for (let connection = free.pop(); connection !== undefined; connection = free.pop()) {
      if (connection.isOpen) return connection;
      opened.delete(connection);
    }
    const connection = openConnection(port, { key, timeoutMs });
    opened.add(connection);
    return connection;
  };

  /**
   * Asks the next question.
   * @param {number} dueMs  `performance.now()` when it should have been asked: latency counts from there, so that a client
   *   that is late does not make the service look fast. Default: now.
   * @returns {Promise<{ status: number | null, latencyMs: number, replyMs: number, retryAfterMs: number, failure: string | null }>}
   *   `status` is null when no reply came; `replyMs` counts from when the request was really sent; `retryAfterMs` is how
   *   long whoever was turned away was told to wait, else 0.
   */
  async function ask(dueMs = performance.now()) {
    const sentMs = performance.now();
    const connection = takeConnection();
    const done = (status, failure, retryAfterMs = 0) => {
      const nowMs = performance.now();
      return { status, latencyMs: nowMs - dueMs, replyMs: nowMs - sentMs, retryAfterMs, failure };
    };
    try {
      const { status, reply } = await connection.send({
        query: QUESTIONS[asked++ % QUESTIONS.length],
        limit: 10,
      });
      free.push(connection);
      return done(status, null, status === 503 ? 1_000 * Number(headerOf(reply, 'retry-after') ?? 0) : 0);
    } catch (error) {
      opened.delete(connection);
      return done(null, error.message);
    }
  }

  return {
    ask,
    close() {
      for (const connection of opened) connection.close();
    },
  };
}

/** @returns {string | null} Null when the reply has no such header */
function headerOf(reply, name) {
  const head = reply.toString('latin1', 0, reply.indexOf('\r\n\r\n') + 2);
  return new RegExp(`^${name}: (.*)\r$`, 'im').exec(head)?.[1] ?? null;
}
