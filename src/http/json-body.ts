import express, { type RequestHandler } from 'express';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { parseJson } from './parse-json.js';

/**
 * Middleware that reads a JSON body into `req.body`, for the routes that need one.
 * Compressed bodies (gzip, deflate, br) are read; the limit counts their bytes after decompression.
 *
 * @throws UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, INVALID_JSON (caller)
 */
export function jsonBody(maxBodyBytes: number): RequestHandler {
  const readBytes = express.raw({ limit: maxBodyBytes, type: () => true });
  return (req, res, next) => {
    checkContentType(req.headers['content-type']);
    const declared = Number(req.headers['content-length'] ?? 0);
    if (declared > maxBodyBytes) {
      // Answered at once, and the rest is not waited for.
      res.setHeader('connection', 'close');
      throw tooLarge(String(declared), declared, maxBodyBytes);
    }
    readBytes(req, res, (error?: unknown) => {
      if (error !== undefined && error !== null) {
        // The caller has gone in the middle of its body: nobody waits for an answer.
        if ((error as BodyReadError).type === 'request.aborted') return;
        next(toBodyError(error, maxBodyBytes));
        return;
      }
      try {
        req.body = parseJson(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
      } catch (invalid) {
        next(invalid);
        return;
      }
      next();
    });
  };
}

function checkContentType(contentType: string | undefined): void {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  if (mediaType === 'application/json' && (charset === 'utf-8' || charset === 'utf8')) return;
  const given = contentType === undefined ? 'missing' : quoteValue(contentType);
  throw new FihristError(
    'UNSUPPORTED_MEDIA_TYPE',
    `Content-Type is ${given}; send "application/json" (in UTF-8).`,
    { details: { header: 'content-type', value: contentType ?? null, allowed: 'application/json' } },
  );
}

function tooLarge(shown: string, value: number, limit: number): FihristError {
  return new FihristError(
    'BODY_TOO_LARGE',
    `The request body has ${shown} bytes; at most ${limit} are allowed.`,
    { details: { limit, value } },
  );
}

interface BodyReadError {
  readonly type?: string;
  readonly code?: string;
  readonly encoding?: string;
  readonly expected?: number;
  readonly received?: number;
}

/** What express says of a body that it cannot read, in the words of the catalogue. */
function toBodyError(error: unknown, maxBodyBytes: number): unknown {
  const { type, code, encoding, expected, received } = error as BodyReadError;
  if (type === 'entity.too.large') {
    const size = expected ?? received ?? maxBodyBytes + 1;
    return tooLarge(`${expected === undefined ? 'at least ' : ''}${size}`, size, maxBodyBytes);
  }
  if (type === 'encoding.unsupported') {
    return new FihristError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Encoding is ${quoteValue(encoding ?? '')}; send gzip, deflate, br or none.`,
      {
        details: { header: 'content-encoding', value: encoding ?? null, allowed: ['gzip', 'deflate', 'br'] },
      },
    );
  }
  if (code?.startsWith('Z_') === true || code?.startsWith('ERR_') === true) {
    return new FihristError('INVALID_JSON', 'The request body cannot be decompressed.', { cause: error });
  }
  return error;
}
