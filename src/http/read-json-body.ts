import express, { type Request, type RequestHandler, type Response } from 'express';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { checkContentType } from './check-content-type.js';
import { parseJson } from './parse-json.js';

/**
 * Reads a JSON body whole. Compressed bodies (gzip, deflate, br) are read; the limit counts their bytes after
 * decompression.
 *
 * @returns Never settles when the caller goes in the middle of its body: nobody waits for an answer.
 * @throws UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, INVALID_JSON (caller)
 */
export async function readJsonBody(req: Request, res: Response, maxBytes: number): Promise<unknown> {
  checkContentType(req.headers['content-type'], ['application/json']);
  const declared = Number(req.headers['content-length'] ?? 0);
  if (declared > maxBytes) {
    // Answered at once, and the rest is not waited for.
    res.setHeader('connection', 'close');
    throw tooLarge(String(declared), declared, maxBytes);
  }
  return parseJson(await readBytes(req, res, maxBytes));
}

function readBytes(req: Request, res: Response, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    refuseEndlessBody(req, res, { maxBytes, reject });
    readerOf(maxBytes)(req, res, (error?: unknown) => {
      const failed = error !== undefined && error !== null;
      if (failed && (error as BodyReadError).type === 'request.aborted') return;
      if (failed) reject(toBodyError(error, maxBytes));
      else resolve(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
    });
  });
}

/**
 * Of a body that does not say how long it is, express would read on to the end, however far that is, before it says that
 * it was too long.
 */
function refuseEndlessBody(
  req: Request,
  res: Response,
  { maxBytes, reject }: { maxBytes: number; reject: (error: Error) => void },
): void {
  if (req.headers['transfer-encoding'] === undefined) return;
  let receivedBytes = 0;
  req.on('data', (chunk: Buffer) => {
    receivedBytes += chunk.length;
    if (receivedBytes <= maxBytes) return;
    if (!res.headersSent) res.setHeader('connection', 'close');
    reject(tooLarge(`at least ${receivedBytes}`, receivedBytes, maxBytes));
  });
}

const readers = new Map<number, RequestHandler>();

/** One reader for each limit; there are as many limits as routes at most. */
function readerOf(maxBytes: number): RequestHandler {
  let reader = readers.get(maxBytes);
  if (reader === undefined) {
    reader = express.raw({ limit: maxBytes, type: () => true });
    readers.set(maxBytes, reader);
  }
  return reader;
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
