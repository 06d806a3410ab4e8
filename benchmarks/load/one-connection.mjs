import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

const END_OF_HEAD = '\r\n\r\n';

/**
 * Asks a service on this machine one question after the other over one kept connection. Writes and reads the bytes of HTTP
 * itself: what a client library does besides takes a good part of the time of a search, and is not the service's.
 * @param {number} port
 */
export function openConnection(port) {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
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
    const bytes = Buffer.concat(chunks);
    const status = Number(bytes.toString('latin1', 9, 12));
    const reply = JSON.parse(bytes.toString('utf8', bytes.indexOf(END_OF_HEAD) + END_OF_HEAD.length));
    waiting.resolve({ status, tookMs, reply });
    waiting = null;
  });
  const fail = (error) => waiting?.reject(error ?? new Error('the service has closed the connection'));
  socket.on('error', fail);
  socket.on('close', () => fail());

  return {
    /**
     * @param {object} search  The body of `POST /v1/search`.
     * @returns {Promise<{ status: number, tookMs: number, reply: object }>} `tookMs`: from the first byte that is written to
     *   the last that is read
     */
    ask(search) {
      const body = JSON.stringify(search);
      const head = [
        'POST /v1/search HTTP/1.1',
        `host: 127.0.0.1:${port}`,
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(body)}`,
      ].join('\r\n');
      return new Promise((resolve, reject) => {
        chunks = [];
        missing = null;
        waiting = { startMs: performance.now(), resolve, reject };
        socket.write(head + END_OF_HEAD + body);
      });
    },
    close: () => socket.destroy(),
  };
}
