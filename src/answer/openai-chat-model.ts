import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import type { ChatMessage, ChatModel } from './chat-model.js';
import { ModelFailure } from './model-failure.js';

export interface OpenaiChatModelOptions {
  /** Of the interface, without the name of a method: `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  /** As the server knows the model. */
  readonly model: string;
  /** Sent as a bearer token. Unset: none is sent. */
  readonly key?: string;
  /** From the request to the end of the reply. */
  readonly timeoutMs: number;
  /** Between one part of the reply and the next, and before the first. Default: 20,000, `timeoutMs` at most. */
  readonly idleTimeoutMs?: number;
  /** Of a reply, as it is sent. Default: 2 MiB. */
  readonly maxBytes?: number;
}

const IDLE_TIMEOUT_MS = 20_000;
const MAX_BYTES = 2 * 1024 * 1024;
/** What of an error of the server is put into the log. */
const LOGGED_CHARACTERS = 300;

const content = z.object({ content: z.string().nullish() }).nullish();
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: content, finish_reason: z.string().nullish() })),
});
const replySchema = z.object({ choices: z.array(z.object({ message: content })) });

/**
 * A language model behind any server that speaks the chat completions of OpenAI. Replies are streamed; a server that
 * sends the whole reply at once is understood, too.
 */
export class OpenaiChatModel implements ChatModel {
  readonly #options: OpenaiChatModelOptions;

  constructor(options: OpenaiChatModelOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.model;
  }

  async *write(messages: readonly ChatMessage[], signal: AbortSignal): AsyncGenerator<string> {
    const { timeoutMs, idleTimeoutMs = IDLE_TIMEOUT_MS } = this.#options;
    const limits = new TimeLimits(timeoutMs, Math.min(idleTimeoutMs, timeoutMs));
    try {
      const response = await this.#request(messages, AbortSignal.any([signal, limits.signal]));
      limits.heard();
      for await (const text of readReply(response, this.#options.maxBytes ?? MAX_BYTES, () => limits.heard())) {
        // A reader that takes its time is no server that hangs.
        limits.rest();
        yield text;
        limits.heard();
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (limits.exceeded !== null) throw new ModelFailure('timeout', limits.exceeded, error);
      if (error instanceof ModelFailure) throw error;
      throw new ModelFailure('cut_off', `the reply ended early (${reasonOf(error)})`, error);
    } finally {
      limits.stop();
    }
  }

  async #request(messages: readonly ChatMessage[], signal: AbortSignal): Promise<Response> {
    const { model } = this.#options;
    const wanted = { model, messages, stream: true };
    const response = await this.#post({ ...wanted, temperature: 0 }, signal);
    if (response.ok) return response;
    const said = await response.text().catch(() => '');
    // Some models let nobody choose.
    if (response.status === 400 && said.includes('temperature')) {
      const again = await this.#post(wanted, signal);
      if (again.ok) return again;
      throw refusedBy(again.status, await again.text().catch(() => ''));
    }
    throw refusedBy(response.status, said);
  }

  async #post(body: unknown, signal: AbortSignal): Promise<Response> {
    const { baseUrl, key } = this.#options;
    try {
      return await fetch(`${baseUrl.replace(/\/+$/, '')}/chat/completions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream, application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
        // The key is for this server alone.
        redirect: 'error',
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new ModelFailure('unreachable', `the server cannot be reached (${reasonOf(error)})`, error);
    }
  }
}

/** The text of a reply, piece by piece. @param heard  To be called with everything that comes. */
async function* readReply(response: Response, maxBytes: number, heard: () => void): AsyncGenerator<string> {
  if (response.body === null) throw new ModelFailure('empty', 'the reply has no body');
  const limited = response.body.pipeThrough(countBytes(maxBytes, heard));
  const isStream = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
  if (!isStream) {
    yield contentOf(await new Response(limited).text());
    return;
  }
  const events = limited
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
  let isOver = false;
  for await (const { data } of events) {
    if (data.trim() === '[DONE]') return;
    const choice = parsed(chunkSchema, data).choices[0];
    const text = choice?.delta?.content ?? '';
    if (text !== '') yield text;
    if (choice?.finish_reason === 'content_filter') throw refusedBy(200, 'content_filter');
    isOver ||= typeof choice?.finish_reason === 'string';
  }
  if (!isOver) throw new ModelFailure('cut_off', 'the reply ended without its end mark');
}

function contentOf(body: string): string {
  const text = parsed(replySchema, body).choices[0]?.message?.content ?? '';
  if (text === '') throw new ModelFailure('empty', 'the reply has no text');
  return text;
}

function parsed<Value>(schema: z.ZodType<Value>, json: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ModelFailure('not_understood', `the reply is not JSON: ${json.slice(0, LOGGED_CHARACTERS)}`, error);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (typeof value === 'object' && value !== null && 'error' in value) {
    throw refusedBy(200, JSON.stringify(value.error));
  }
  throw new ModelFailure('not_understood', `the reply has another form: ${json.slice(0, LOGGED_CHARACTERS)}`);
}

function refusedBy(status: number, said: string): ModelFailure {
  return new ModelFailure(
    'refused',
    `the server answers with ${status}: ${said.slice(0, LOGGED_CHARACTERS)}`,
  );
}

function countBytes(maxBytes: number, heard: () => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      heard();
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(new ModelFailure('too_large', `the reply is over ${maxBytes} bytes`));
      else controller.enqueue(chunk);
    },
  });
}

/** Ends a request that takes too long, as a whole or without a sign of life. */
class TimeLimits {
  readonly #controller = new AbortController();
  readonly #idleTimeoutMs: number;
  readonly #whole: NodeJS.Timeout;
  #idle: NodeJS.Timeout | undefined;
  exceeded: string | null = null;

  constructor(timeoutMs: number, idleTimeoutMs: number) {
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#whole = setTimeout(() => this.#exceed(`no whole reply in ${timeoutMs} ms`), timeoutMs);
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    this.rest();
    const limit = `nothing was heard for ${this.#idleTimeoutMs} ms`;
    this.#idle = setTimeout(() => this.#exceed(limit), this.#idleTimeoutMs);
  }

  /** Does not count the time until something is heard again. */
  rest(): void {
    clearTimeout(this.#idle);
  }

  /** Ends whatever is still under way, too. */
  stop(): void {
    clearTimeout(this.#whole);
    this.rest();
    this.#controller.abort();
  }

  #exceed(limit: string): void {
    this.exceeded ??= limit;
    this.#controller.abort();
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
