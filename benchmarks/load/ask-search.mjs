import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

const QUESTIONS = readFileSync(new URL('../../corpus/questions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).question ?? JSON.parse(line).text);

/**
 * Asks a running service over kept connections, as many as it takes: nothing queues on this side.
 * @param {{ url: string, key: string | null, timeoutMs?: number }} options
 */
export function createAsker({ url, key, timeoutMs = 30_000 }) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  let asked = 0;

  /**
   * Asks the next question.
   * @param {number} dueMs  `performance.now()` when it should have been asked: latency counts from there, so that a client
   *   that is late does not make the service look fast. Default: now.
   * @returns {Promise<{ status: number | null, latencyMs: number, replyMs: number, failure: string | null }>} `status` is null
   *   when no reply came; `replyMs` counts from when the request was really sent.
   */
  function ask(dueMs = performance.now()) {
    const body = JSON.stringify({ query: QUESTIONS[asked++ % QUESTIONS.length], limit: 10 });
    const sentMs = performance.now();
    return new Promise((resolve) => {
      const done = (status, failure) => {
        const nowMs = performance.now();
        resolve({ status, latencyMs: nowMs - dueMs, replyMs: nowMs - sentMs, failure });
      };
      const call = request(
        {
          agent,
          hostname,
          port,
          method: 'POST',
          path: '/v1/search',
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          },
          timeout: timeoutMs,
        },
        (reply) => {
          reply.on('error', (error) => done(null, error.message));
          reply.on('end', () => done(reply.statusCode ?? null, null));
          reply.resume();
        },
      );
      call.on('timeout', () => call.destroy(new Error('no reply in time')));
      call.on('error', (error) => done(null, error.message));
      call.end(body);
    });
  }

  return { ask, close: () => agent.destroy() };
}
