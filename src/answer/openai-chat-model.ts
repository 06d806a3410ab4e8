import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import type { ChatMessage, ChatModel, TokenUsage } from './chat-model.js';
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
/** What cannot be read counts as not told. */
const usage = z
  .object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) })
  .transform(({ prompt_tokens, completion_tokens }): TokenUsage => {
    return { promptTokens: prompt_tokens, completionTokens: completion_tokens };
  })
  .nullable()
  .catch(null);
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: content, finish_reason: z.string().nullish() })),
  usage,
});
const replySchema = z.object({ choices: z.array(z.object({ message: content })), usage });

/** What is asked for and not needed: servers that know nothing of it are asked without. */
const OPTIONAL_FIELDS = { temperature: 0, stream_options: { include_usage: true } } as const;

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

  async *write(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onUsage: (usage: TokenUsage) => void = () => {},
  ): AsyncGenerator<string> {
    const { timeoutMs, idleTimeoutMs = IDLE_TIMEOUT_MS } = this.#options;
    const limits = new TimeLimits(timeoutMs, Math.min(idleTimeoutMs, timeoutMs));
    // Held on to, unlike a signal of AbortSignal.any, which may be collected before it has fired.
    const giveUp = () => limits.stop();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      signal.throwIfAborted();
      const response = await this.#request(messages, limits.signal);
      limits.heard();
      const { maxBytes = MAX_BYTES } = this.#options;
      const reading = { maxBytes, heard: () => limits.heard(), signal: limits.signal, onUsage };
      for await (const text of readReply(response, reading)) {
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
      signal.removeEventListener('abort', giveUp);
      limits.stop();
    }
  }

  async #request(messages: readonly ChatMessage[], signal: AbortSignal): Promise<Response> {
    const { model } = this.#options;
    let optional = Object.entries(OPTIONAL_FIELDS);
    for (;;) {
      const wanted = { model, messages, stream: true, ...Object.fromEntries(optional) };
      const response = await this.#post(wanted, signal);
      if (response.ok) return response;
      const said = await response.text().catch(() => '');
      const accepted = optional.filter(([name]) => !said.includes(name));
      const isOverFields = [400, 422].includes(response.status) && accepted.length < optional.length;
      if (!isOverFields) throw refusedBy(response.status, said);
      optional = accepted;
    }
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

interface ReplyReading {
  readonly maxBytes: number;
  /** To be called with everything that comes. */
  readonly heard: () => void;
  /** Ends the reading when it fires, as a reply that breaks off does. */
  readonly signal: AbortSignal;
  readonly onUsage: (usage: TokenUsage) => void;
}

/** The text of a reply, piece by piece. */
async function* readReply(response: Response, reading: ReplyReading): AsyncGenerator<string> {
  const { onUsage } = reading;
  if (response.body === null) throw new ModelFailure('empty', 'the reply has no body');
  const limited = response.body.pipeThrough(countBytes(reading));
  const isStream = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
  if (!isStream) {
    const reply = parsed(replySchema, await new Response(limited).text());
    const text = reply.choices[0]?.message?.content ?? '';
    if (text === '') throw new ModelFailure('empty', 'the reply has no text');
    yield text;
    if (reply.usage !== null) onUsage(reply.usage);
    return;
  }
  const events = limited
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
  let isOver = false;
  let told: TokenUsage | null = null;
  for await (const { data } of events) {
    if (data.trim() === '[DONE]') {
      isOver = true;
      break;
    }
    const chunk = parsed(chunkSchema, data);
    // In a chunk of its own at the end, or in each: so far.
    told = chunk.usage ?? told;
    const choice = chunk.choices[0];
    const text = choice?.delta?.content ?? '';
    if (text !== '') yield text;
    if (choice?.finish_reason === 'content_filter') throw refusedBy(200, 'content_filter');
    isOver ||= typeof choice?.finish_reason === 'string';
  }
  if (!isOver) throw new ModelFailure('cut_off', 'the reply ended without its end mark');
  if (told !== null) onUsage(told);
}

function parsed<Value>(schema: z.ZodType<Value>, json: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ModelFailure(
      'not_understood',
      `the reply is not JSON: ${json.slice(0, LOGGED_CHARACTERS)}`,
      error,
    );
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

function countBytes({ maxBytes, heard, signal }: ReplyReading): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    // Whatever becomes of the request: nobody waits beyond a limit.
    start: (controller) => signal.addEventListener('abort', () => controller.error(signal.reason)),
    transform(chunk, controller) {
      heard();
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        controller.error(new ModelFailure('too_large', `the reply is over ${maxBytes} bytes`));
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
