import type { ServerResponse } from 'node:http';

/** One event of a stream. */
export interface StreamedEvent {
  /** Unset: a plain message. */
  readonly event?: string;
  /** JSON, or a word of the interface such as `[DONE]`. */
  readonly data: string;
}

/** Proxies close connections on which nothing is said, commonly after 30 to 60 s. */
const HEARTBEAT_MS = 15_000;

/**
 * A reply as server-sent events. The head goes out with the first event, so that what fails before can still be answered
 * by an error. While nothing else is said, a comment every 15 s keeps the connection open.
 */
export class EventStream {
  readonly #res: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #heartbeatMs: number;
  #heartbeat: NodeJS.Timeout | undefined;

  /** @param options.headers  Besides those of every stream. */
  constructor(
    res: ServerResponse,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly heartbeatMs?: number } = {},
  ) {
    this.#res = res;
    this.#headers = options.headers ?? {};
    this.#heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
  }

  get isOpen(): boolean {
    return this.#heartbeat !== undefined;
  }

  /** @returns When the caller is ready for more, or gone. */
  async send({ event, data }: StreamedEvent): Promise<void> {
    if (!this.isOpen) this.#open();
    const name = event === undefined ? '' : `event: ${event}\n`;
    await this.#write(`${name}data: ${data}\n\n`);
    this.#heartbeat?.refresh();
  }

  end(): void {
    if (!this.isOpen) this.#open();
    clearInterval(this.#heartbeat);
    this.#res.end();
  }

  #open(): void {
    const res = this.#res;
    res.statusCode = 200;
    res.setHeader('content-type', 'text/event-stream; charset=utf-8');
    res.setHeader('cache-control', 'no-store, no-transform');
    // Else nginx would hold the events back until there are many.
    res.setHeader('x-accel-buffering', 'no');
    for (const [name, value] of Object.entries(this.#headers)) res.setHeader(name, value);
    res.flushHeaders();
    this.#heartbeat = setInterval(() => void this.#write(': still here\n\n'), this.#heartbeatMs);
    this.#heartbeat.unref();
    res.once('close', () => clearInterval(this.#heartbeat));
  }

  #write(text: string): Promise<void> {
    const res = this.#res;
    if (res.destroyed || res.write(text)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        res.off('drain', done);
        res.off('close', done);
        resolve();
      };
      res.on('drain', done);
      res.on('close', done);
    });
  }
}
