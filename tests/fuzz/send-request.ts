import { type Agent, type IncomingMessage, request } from 'node:http';
import type { FuzzRequest } from './fuzz-request.js';

export interface FuzzReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Longer than any time limit of the service. */
const TIMEOUT_MS = 150_000;
const CHUNK_BYTES = 4_096;

/**
 * Sends a request as it is.
 * @throws Error when no reply came, or not a whole one
 */
export function sendRequest(url: string, fuzz: FuzzRequest, agent: Agent): Promise<FuzzReply> {
  const { hostname, port } = new URL(url);
  const body = fuzz.body === null ? null : Buffer.from(fuzz.body, 'latin1');
  // Node would send the body of a GET without saying where it ends.
  const framing = fuzz.isChunked
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': String(body?.length ?? 0) };
  return new Promise((resolve, reject) => {
    const call = request({
      agent,
      hostname,
      port,
      method: fuzz.method,
      path: fuzz.target,
      headers: { ...copied(fuzz.headers), ...(body === null ? {} : framing) },
      timeout: TIMEOUT_MS,
    });
    call.on('response', (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.on('timeout', () => call.destroy(new Error(`no reply within ${TIMEOUT_MS / 1_000} s`)));
    call.on('error', reject);
    for (let at = 0; fuzz.isChunked && body !== null && at < body.length; at += CHUNK_BYTES) {
      call.write(body.subarray(at, at + CHUNK_BYTES));
    }
    call.end(fuzz.isChunked || body === null ? undefined : body);
  });
}

/** Node wants lists of header values that may be written to. */
function copied(headers: FuzzRequest['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}
