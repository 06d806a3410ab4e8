import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { FihristError } from '../domain/errors.js';
import { replyWithError } from './reply-with-error.js';
import { toWireError } from './wire-format.js';

/** What node says of a request that it could not read. */
export interface BrokenRequest extends NodeJS.ErrnoException {
  /** The bytes in which it stopped. */
  readonly rawPacket?: Buffer;
}

/**
 * Answers what node could not read as HTTP in the form of every other error, and closes the connection.
 * @returns Whether there was anybody to answer.
 */
export function refuseBrokenRequest(error: BrokenRequest, socket: Duplex): boolean {
  if (isGone(error) || !socket.writable) {
    socket.destroy();
    return false;
  }
  const refusal = toRefusal(error);
  const body = JSON.stringify(toWireError(refusal));
  // Whoever asks for headers alone would take a body for the beginning of the next reply.
  const isHead = /^HEAD /.test(error.rawPacket?.subarray(0, 5).toString('latin1') ?? '');
  const head = [
    `HTTP/1.1 ${refusal.httpStatus} ${STATUS_CODES[refusal.httpStatus]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${randomUUID()}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${isHead ? '' : body}`);
  return true;
}

/**
 * The same for a request whose headers were right and whose body is not, or does not come. One that is there and being
 * answered is cut, as what comes after it on the connection cannot be told from it any more.
 */
export function refuseUnfinishedRequest(
  error: Pick<NodeJS.ErrnoException, 'code'>,
  res: ServerResponse,
  options: { readonly logger: Logger },
): void {
  if (isGone(error) || res.headersSent || res.req.complete) {
    res.destroy();
    return;
  }
  res.setHeader('connection', 'close');
  replyWithError(res, toRefusal(error), options);
}

/** The caller has closed the connection, in the middle of a request. */
function isGone({ code }: Pick<NodeJS.ErrnoException, 'code'>): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'HPE_INVALID_EOF_STATE';
}

function toRefusal({ code = 'unknown' }: Pick<NodeJS.ErrnoException, 'code'>): FihristError {
  const details = { reason: code };
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new FihristError('REQUEST_TOO_SLOW', 'The request took too long to arrive.', { details });
    case 'HPE_HEADER_OVERFLOW':
      return new FihristError('INVALID_REQUEST', 'The request line and headers are larger than 16 KB.', {
        details,
      });
    default:
      return new FihristError('INVALID_REQUEST', 'The request is not valid HTTP/1.1.', { details });
  }
}
