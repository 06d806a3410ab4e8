import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { liftArrivalLimit } from './limit-arrival.js';

const STALL_TIMEOUT_MS = 30_000;

const DECODERS = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress } as const;

/**
 * A body as it comes in, decompressed, however long it takes. The caller of the request is slowed down to the pace at
 * which it is read.
 *
 * @param stallTimeoutMs  How long nothing may come in before the connection is given up.
 * @throws UNSUPPORTED_MEDIA_TYPE, INVALID_JSON (caller) for an encoding that is not known, or broken; an Error when the
 *   caller goes, or sends nothing for too long
 */
export async function* bodyChunks(
  req: IncomingMessage,
  stallTimeoutMs = STALL_TIMEOUT_MS,
): AsyncGenerator<Uint8Array> {
  const body = decoded(req);
  // A request whose body cannot be decoded is parted from its socket.
  const { socket } = req;
  liftArrivalLimit(req);
  req.setTimeout(stallTimeoutMs, () => req.destroy());
  try {
    // Not destroyed when whoever reads it stops early: an error reply must still get out.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array;
  } catch (cause) {
    const isBroken =
      cause instanceof Error && 'code' in cause && /^(Z_|ERR__|ERR_BROTLI)/.test(String(cause.code));
    if (!isBroken) throw cause;
    throw new FihristError('INVALID_JSON', 'The request body cannot be decompressed.', { cause });
  } finally {
    socket.setTimeout(0);
  }
}

function decoded(req: IncomingMessage): Readable {
  const encoding = req.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return req;
  if (!isKnown(encoding)) {
    throw new FihristError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Encoding is ${quoteValue(encoding)}; send gzip, deflate, br or none.`,
      { details: { header: 'content-encoding', value: encoding, allowed: Object.keys(DECODERS) } },
    );
  }
  // What goes wrong is heard of by whoever reads the end of the pipe.
  return pipeline(req, DECODERS[encoding](), () => {});
}

function isKnown(encoding: string): encoding is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, encoding);
}
