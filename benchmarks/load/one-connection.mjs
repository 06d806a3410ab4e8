import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

const END_OF_HEAD = '\r\n\r\n';

/**
 * Asks a service on this machine one question after the other over one kept connection. Writes and reads the bytes of HTTP
 * itself: what a client library does besides takes a good part of the time of a search, and is not the service's.
 * @param {number} port
 * @param {{ key?: string | null, timeoutMs?: number }} options  Default: no key, no limit.
 */
export function openConnection(port, { key = null, timeoutMs = 0 } = {}) {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no reply in time')));
  const headers = [
    'POST /v1/search HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    ...(key === null ? [] : [`authorization: Bearer ${key}`]),
    'content-length: ',
  ].join('\r\n');
  let waiting = null;
  let chunks = [];
  let missing = null;

  socket.on('data', (chunk) => {
    chunks.push(chunk);
    if (missing === null) {
      const end = chunk.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
      missing = end + Number(/content-length: (\d+)/i.exec(chunk.toString('latin1', 0, end))[1]);
    }
    missing -= chunk.length;
    if (missing > 0) return;
    const tookMs = performance.now() - waiting.startMs;
    const reply = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const { resolve } = waiting;
    waiting = null;
    resolve({ status: Number(reply.toString('latin1', 9, 12)), tookMs, reply });
  });
  const fail = (error) => waiting?.reject(error ?? new Error('the service has closed the connection'));
  socket.on('error', fail);
  socket.on('close', () => fail());

  /**
   * @param {object} search  The body of `POST /v1/search`.
   * @returns {Promise<{ status: number, tookMs: number, reply: Buffer }>} `tookMs`: from the first byte that is written to
   *   the last that is read
   */
  const send = (search) => {
    const body = JSON.stringify(search);
    return new Promise((resolve, reject) => {
      chunks = [];
      missing = null;
      waiting = { startMs: performance.now(), resolve, reject };
      socket.write(headers + Buffer.byteLength(body) + END_OF_HEAD + body);
    });
  };
  return {
    send,
    /** As `send`. @returns {Promise<{ status: number, tookMs: number, reply: object }>} */
    async ask(search) {
      const { reply, ...outcome } = await send(search);
      const head = reply.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
      return { ...outcome, reply: JSON.parse(reply.toString('utf8', head)) };
    },
    get isOpen() {
      return socket.writable;
    },
    close: () => socket.destroy(),
  };
}
