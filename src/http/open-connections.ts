import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Knows which requests are under way, so that a server can stop without cutting them. */
export class OpenConnections {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #replies = new Set<ServerResponse>();
  #closing: Promise<void> | null = null;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get closing(): boolean {
    return this.#closing !== null;
  }

  get requestsInFlight(): number {
    return this.#replies.size;
  }

  track(res: ServerResponse): void {
    this.#replies.add(res);
    res.once('close', () => {
      this.#replies.delete(res);
      // A connection counts as idle only after this event.
      if (this.closing) setImmediate(() => this.#server.closeIdleConnections());
    });
  }

  /** Whether a reply is still being made on this connection. */
  isAnswering(socket: unknown): boolean {
    for (const res of this.#replies) if (res.socket === socket) return true;
    return false;
  }

  /**
   * Takes no more connections, closes the idle ones, and waits for the requests under way.
   * @param graceMs  After this long, whatever is still open is destroyed.
   * @returns When the last connection is closed. Later calls wait for the first.
   */
  close(graceMs: number): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    // The error says that it did not listen, which is what is wanted.
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const res of this.#replies) if (!res.headersSent) res.setHeader('connection', 'close');
    // To node, a connection that has not sent a byte yet is not idle; browsers open such ones in advance.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }
}
