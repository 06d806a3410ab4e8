import { Agent } from 'node:http';
import fc from 'fast-check';
import { type ApiDocument, listOperations } from './api-document.js';
import { arbitraryRequests } from './arbitrary-requests.js';
import { fetchOnce } from './fetch-once.js';
import { type FuzzRequest, showRequest } from './fuzz-request.js';
import { ReplyJudge } from './judge-reply.js';
import { learnWords } from './learn-words.js';
import { type FuzzReply, sendRequest } from './send-request.js';

/** Over the limit for JSON: the service may close the connection before it has read such a body. */
const LARGE_BODY_BYTES = 64 * 1024;

export interface FuzzOptions {
  readonly url: string;
  /** Requests to send. */
  readonly count: number;
  readonly seed: number;
  /** Sent at the same time. Default: 4. */
  readonly concurrency?: number;
  /** Send this one alone, by its number. Default: all. */
  readonly only?: number;
  /** Called between requests, when all before were answered. */
  readonly onPause?: (sent: number) => Promise<void>;
  /** How many requests lie between two pauses. Default: 250. */
  readonly pauseEvery?: number;
}

/** A request whose reply was wrong; the first of its kind. */
export interface FuzzFailure {
  readonly number: number;
  readonly problems: readonly string[];
  readonly request: string;
  /** How many more went wrong in the same way. */
  repeated: number;
}

export interface FuzzReport {
  readonly sent: number;
  /** By operation and kind of request: how many replies had which status. */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Operations that answered no request with a status below 300: nothing of their inside was reached. */
  readonly neverAnswered: readonly string[];
  readonly failures: readonly FuzzFailure[];
  /** Bodies over the limit whose sender was cut off. */
  readonly cutOff: number;
}

/**
 * Sends `count` requests that are made of the service's own OpenAPI document, and judges every reply. The same seed
 * makes the same requests.
 */
export async function fuzzService(options: FuzzOptions): Promise<FuzzReport> {
  const { url, count, seed, concurrency = 4, pauseEvery = 250 } = options;
  const document = (await (await fetchOnce(`${url}/openapi.json`)).json()) as ApiDocument;
  const requests = arbitraryRequests(document, await learnWords(url));
  const judge = new ReplyJudge(document);
  const record = new FuzzRecord(document);
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const send = async (number: number) => {
    const request = requestOf(requests, seed, number);
    try {
      const reply = await sendRequest(url, request, agent);
      record.replied(number, request, reply, judge.problems(request, reply));
    } catch (error) {
      record.lost(number, request, error as Error);
    }
  };
  try {
    if (options.only !== undefined) await send(options.only);
    for (let next = 0; options.only === undefined && next < count; ) {
      const end = Math.min(count, next + pauseEvery);
      const lanes = Array.from({ length: concurrency }, async () => {
        while (next < end) await send(next++);
      });
      await Promise.all(lanes);
      await options.onPause?.(next);
    }
  } finally {
    agent.destroy();
  }
  return record.report();
}

/** Each request has a seed of its own, so that it can be made again without those before it. */
function requestOf(requests: fc.Arbitrary<FuzzRequest>, seed: number, number: number): FuzzRequest {
  const [request] = fc.sample(requests, { seed: (seed * 1_000_003 + number) | 0, numRuns: 1 });
  if (request === undefined) throw new Error('no request was made');
  return request;
}

class FuzzRecord {
  #sent = 0;
  #cutOff = 0;
  readonly #statuses: Record<string, Record<string, number>> = {};
  readonly #failures = new Map<string, FuzzFailure>();
  readonly #unanswered: Set<string>;

  constructor(document: ApiDocument) {
    this.#unanswered = new Set(listOperations(document).map(({ operation }) => operation.operationId));
  }

  replied(number: number, request: FuzzRequest, { status }: FuzzReply, problems: readonly string[]): void {
    this.#count(request, String(status));
    if (status < 300 && request.operationId !== null) this.#unanswered.delete(request.operationId);
    if (problems.length > 0) this.#failed(number, request, problems);
  }

  lost(number: number, request: FuzzRequest, error: Error & { code?: string }): void {
    const isLarge = (request.body?.length ?? 0) > LARGE_BODY_BYTES;
    if (isLarge && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
      this.#cutOff += 1;
      this.#count(request, 'cut off');
      return;
    }
    this.#count(request, 'no reply');
    this.#failed(number, request, [`no reply: ${error.message}`]);
  }

  report(): FuzzReport {
    return {
      sent: this.#sent,
      statuses: this.#statuses,
      neverAnswered: [...this.#unanswered],
      failures: [...this.#failures.values()],
      cutOff: this.#cutOff,
    };
  }

  #count({ operationId, kind }: FuzzRequest, status: string): void {
    this.#sent += 1;
    const name = `${operationId ?? '(none)'} ${kind}`;
    const counts = this.#statuses[name] ?? {};
    this.#statuses[name] = counts;
    counts[status] = (counts[status] ?? 0) + 1;
  }

  #failed(number: number, request: FuzzRequest, problems: readonly string[]): void {
    // Values and places in lists differ from one request to the next.
    const alike = problems.map((one) => one.replace(/\d+/g, 'N').slice(0, 80)).sort();
    const name = `${request.operationId} ${alike.join(' ')}`;
    const known = this.#failures.get(name);
    if (known === undefined) {
      this.#failures.set(name, { number, problems, request: showRequest(request), repeated: 0 });
    } else known.repeated += 1;
  }
}
