import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { FihristError } from '../domain/errors.js';
import { toWireError } from './wire-format.js';

const REASONS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'The request line and headers are larger than 16 KB.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request took too long to arrive.',
};

/**
 * Answers what node could not read as HTTP in the form of every other error, and closes the connection.
 * @returns Whether there was anybody to answer.
 */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): boolean {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return false;
  }
  const message = REASONS[error.code ?? ''] ?? 'The request is not valid HTTP/1.1.';
  const refusal = new FihristError('INVALID_REQUEST', message, {
    details: { reason: error.code ?? 'unknown' },
  });
  const body = JSON.stringify(toWireError(refusal));
  const head = [
    `HTTP/1.1 ${refusal.httpStatus} Bad Request`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${randomUUID()}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  return true;
}
