import {
  type CallOptions,
  checkKey,
  checkNumbers,
  DEFAULT_RETRIES,
  type FihristClientOptions,
  readServiceUrl,
} from './client-options.js';
import { FihristError } from './fihrist-error.js';
import { type ErrorContext, readError } from './read-error.js';
import { type Repeats, waitBeforeRepeating } from './repeat-policy.js';
import { TimeLimit, untilAborted, wait } from './time-limit.js';

/** One request, as often as it has to be sent. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its parameters. */
  readonly path: string;
  /** Asked anew for every try. */
  readonly body?: () => { readonly text: string; readonly mediaType: string };
  /** Default: JSON. */
  readonly accept?: string;
  /** Default: `always`. */
  readonly repeats?: Repeats;
  /** A status besides 2xx whose reply is read. */
  readonly readStatus?: number;
}

/** A call while it is under way. */
export interface OngoingCall {
  readonly limit: TimeLimit;
  readonly retries: number;
  readonly requestId: string;
  /** Whether `timeoutMs` is how long nothing may come. */
  readonly timesSilence: boolean;
  /** Whether a try was lost of which nobody knows whether it was carried out. */
  isUncertain: boolean;
}

/** Sends requests to the service, again where that is safe, and tells what goes wrong in one form. */
export class Connection {
  readonly serviceUrl: string;
  readonly #options: FihristClientOptions;

  /** @throws ARGUMENT_INVALID */
  constructor(options: FihristClientOptions) {
    this.serviceUrl = readServiceUrl(options.url);
    checkKey(options.key);
    checkNumbers(options);
    this.#options = options;
  }

  /** @param defaults.timeoutMs  Unless the caller, or the client, has another one. @throws ARGUMENT_INVALID */
  begin(
    options: CallOptions,
    defaults: { readonly timeoutMs: number; readonly timesSilence?: boolean },
  ): OngoingCall {
    checkNumbers(options);
    const requestId = options.requestId ?? randomId();
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? defaults.timeoutMs;
    return {
      limit: new TimeLimit({ signal: options.signal, timeoutMs, requestId }),
      retries: options.retries ?? this.#options.retries ?? DEFAULT_RETRIES,
      requestId,
      timesSilence: defaults.timesSilence ?? false,
      isUncertain: false,
    };
  }

  /** Sends a request, reads the JSON of its reply, and ends the call. */
  async json<Reply>(request: Request, options: CallOptions, timeoutMs: number): Promise<Reply> {
    const call = this.begin(options, { timeoutMs });
    try {
      return await this.send(request, call, (response) => this.readJson<Reply>(response, call));
    } finally {
      call.limit.end();
    }
  }

  /**
   * Sends a request until a reply was read, or trying again makes no sense.
   *
   * @param read  Reads a reply whose status is fine. What it throws counts as what the reply says.
   * @throws FihristError; the reason of the caller's signal
   */
  async send<Result>(
    request: Request,
    call: OngoingCall,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const { limit, retries } = call;
    for (let attempt = 0; ; attempt += 1) {
      if (call.timesSilence) limit.restart();
      try {
        return await read(await this.#attempt(request, call));
      } catch (error) {
        limit.signal.throwIfAborted();
        const { repeats = 'always' } = request;
        const waitMs = waitBeforeRepeating(error, { attempt, repeats, random: Math.random() });
        if (waitMs === null || attempt >= retries || waitMs >= limit.leftMs) throw error;
        call.isUncertain ||= error instanceof FihristError && !isRefusal(error);
        await wait(waitMs, limit.signal);
      }
    }
  }

  /** @throws CONNECTION_FAILED, REPLY_INVALID */
  async readJson<Reply>(response: Response, call: OngoingCall): Promise<Reply> {
    const text = await this.whileConnected(response.text(), call);
    try {
      return JSON.parse(text) as Reply;
    } catch (cause) {
      throw new FihristError('REPLY_INVALID', `The reply of status ${response.status} is not JSON.`, {
        status: response.status,
        requestId: call.requestId,
        cause,
      });
    }
  }

  /** @throws the reason of the limit, or else CONNECTION_FAILED, when the promise fails */
  async whileConnected<Value>(promise: Promise<Value>, { limit, requestId }: OngoingCall): Promise<Value> {
    try {
      return await untilAborted(promise, limit.signal);
    } catch (cause) {
      limit.signal.throwIfAborted();
      if (cause instanceof FihristError) throw cause;
      throw new FihristError(
        'CONNECTION_FAILED',
        `${this.serviceUrl} cannot be reached: ${reasonOf(cause)}.`,
        {
          requestId,
          cause,
        },
      );
    }
  }

  contextOf({ requestId }: OngoingCall): ErrorContext {
    return { serviceUrl: this.serviceUrl, requestId };
  }

  async #attempt(request: Request, call: OngoingCall): Promise<Response> {
    const { signal } = call.limit;
    signal.throwIfAborted();
    const { fetch: send = (url: string, init: RequestInit) => globalThis.fetch(url, init), key } =
      this.#options;
    const body = request.body?.();
    const response = await this.whileConnected(
      send(`${this.serviceUrl}${request.path}`, {
        method: request.method,
        headers: {
          accept: request.accept ?? 'application/json',
          'x-request-id': call.requestId,
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': body.mediaType }),
        },
        ...(body === undefined ? {} : { body: body.text }),
        signal,
      }),
      call,
    );
    if (response.ok || response.status === request.readStatus) return response;
    throw await this.whileConnected(readError(response, this.contextOf(call)), call);
  }
}

function isRefusal({ code, status }: FihristError): boolean {
  return code !== 'CONNECTION_FAILED' && status !== 502;
}

/** Node tells in the cause what a browser does not tell at all. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

/** Not randomUUID, which browsers have on safe origins only. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
