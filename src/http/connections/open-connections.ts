import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ConnectionState, chooseConnectionToClose } from './choose-connection-to-close.js';

/** What is known of an open connection. */
interface Connection {
  /** `performance.now()` when it was opened, its last request began, or its last reply ended. */
  sinceMs: number;
  /** Bytes that had come in by then. */
  bytesBefore: number;
  /** Those under way, in order. An array for the reason that PendingCalls tells. */
  readonly replies: ServerResponse[];
}

/**
 * Knows what is going on on each connection, so that a server can stop without cutting requests, and can make room for
 * a new connection without cutting any that is worth more.
 */
export class OpenConnections {
  readonly #server: Server;
  readonly #connections = new Map<Socket, Connection>();
  readonly #mostConnections: number;
  #requestsInFlight = 0;
  #closing: Promise<void> | null = null;

  /** @param mostConnections  Open at the same time. One more closes another, or is closed itself. */
  constructor(server: Server, mostConnections: number) {
    this.#server = server;
    this.#mostConnections = mostConnections;
    server.on('connection', (socket) => this.#opened(socket));
  }

  get closing(): boolean {
    return this.#closing !== null;
  }

  get requestsInFlight(): number {
    return this.#requestsInFlight;
  }

  track(res: ServerResponse): void {
    this.#requestsInFlight += 1;
    const { socket } = res;
    const connection = socket === null ? undefined : this.#connections.get(socket);
    if (socket !== null && connection !== undefined) {
      if (connection.replies.length === 0) begin(connection, socket);
      connection.replies.push(res);
    }
    res.once('close', () => {
      this.#requestsInFlight -= 1;
      if (socket !== null && connection !== undefined) {
        connection.replies.splice(connection.replies.indexOf(res), 1);
        begin(connection, socket);
      }
      // A connection counts as idle only after this event.
      if (this.closing) setImmediate(() => this.#server.closeIdleConnections());
    });
  }

  /** The reply that is being made on this connection; null when none is. */
  replyOn(socket: unknown): ServerResponse | null {
    const [reply] = this.#connections.get(socket as Socket)?.replies ?? [];
    return reply ?? null;
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

  #opened(socket: Socket): void {
    const connection: Connection = { sinceMs: performance.now(), bytesBefore: 0, replies: [] };
    this.#connections.set(socket, connection);
    socket.once('close', () => this.#connections.delete(socket));
    if (this.#connections.size > this.#mostConnections) this.#makeRoom(socket);
  }

  #makeRoom(newest: Socket): void {
    const nowMs = performance.now();
    const sockets = [...this.#connections.keys()].filter((socket) => socket !== newest);
    const chosen = chooseConnectionToClose(sockets.map((socket) => this.#stateOf(socket, nowMs)));
    (sockets[chosen ?? -1] ?? newest).destroy();
  }

  #stateOf(socket: Socket, nowMs: number): ConnectionState {
    const { sinceMs, bytesBefore, replies } = this.#connections.get(socket) as Connection;
    const receivedBytes = socket.bytesRead - bytesBefore;
    const forMs = nowMs - sinceMs;
    if (replies.some((res) => res.req.complete)) return { doing: 'answering', forMs, receivedBytes };
    // One that never sent anything may be half open; browsers open such ones in advance, but use them soon.
    const isReceiving = replies.length > 0 || receivedBytes > 0 || socket.bytesRead === 0;
    return { doing: isReceiving ? 'receiving' : 'idle', forMs, receivedBytes };
  }

  async #close(graceMs: number): Promise<void> {
    // The error says that it did not listen, which is what is wanted.
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const [socket, { replies }] of this.#connections) {
      for (const res of replies) if (!res.headersSent) res.setHeader('connection', 'close');
      // To node, a connection that has not sent a byte yet is not idle; browsers open such ones in advance.
      if (socket.bytesRead === 0) socket.destroy();
    }
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }
}

function begin(connection: Connection, socket: Socket): void {
  connection.sinceMs = performance.now();
  connection.bytesBefore = socket.bytesRead;
}
