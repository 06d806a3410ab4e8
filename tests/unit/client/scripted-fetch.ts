import { FihristClient, type FihristClientOptions } from '../../../src/client/fihrist-client.js';

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  /** Path and what stands after `?`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

/** What comes back; an Error is a connection that fails, `hang` one on which nothing ever comes. */
export type ScriptedReply =
  | Response
  | Error
  | 'hang'
  | ((request: SentRequest) => Response | Promise<Response>);

export interface ScriptedClient {
  readonly client: FihristClient;
  readonly requests: SentRequest[];
}

/** A client whose requests get these replies one after the other; one more fails the test. */
export function scriptedClient(
  replies: readonly ScriptedReply[],
  options: FihristClientOptions = {},
): ScriptedClient {
  const left = [...replies];
  const requests: SentRequest[] = [];
  const client = new FihristClient({
    url: 'http://fihrist.example/archive/',
    ...options,
    fetch: async (url, init) => {
      const { method = 'GET', headers = {}, body, signal } = init;
      const request = {
        method,
        target: url.replace('http://fihrist.example/archive', ''),
        headers: headers as Record<string, string>,
        body: typeof body === 'string' ? body : undefined,
        signal: signal as AbortSignal,
      };
      requests.push(request);
      const reply = left.shift();
      if (reply === undefined) throw new Error(`one request too many: ${method} ${url}`);
      if (reply instanceof Error) throw new TypeError('fetch failed', { cause: reply });
      if (reply === 'hang') return hang(request.signal);
      return typeof reply === 'function' ? reply(request) : reply;
    },
  });
  return { client, requests };
}

function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

export function refusal(code: string, status: number, headers: Record<string, string> = {}): Response {
  const type = status >= 500 ? 'operator' : 'caller';
  const error = {
    code,
    message: `It is ${code}.`,
    type,
    details: {},
    link: `/docs/errors#${code.toLowerCase()}`,
  };
  return json({ error }, status, headers);
}

/** A reply that comes piece by piece; after an Error the connection breaks, after `hang` nothing comes any more. */
export function streamed(
  pieces: ReadonlyArray<string | Uint8Array | Error | 'hang'>,
  mediaType = 'application/x-ndjson',
): Response {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else if (piece === 'hang') return new Promise(() => {});
      else controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      return undefined;
    },
  });
  return new Response(body, { status: 200, headers: { 'content-type': mediaType } });
}

/** The error that a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('it did not fail');
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
