import { refuseBinary, refuseUtf16 } from '../decode-utf8.js';

const NEWLINE = 0x0a;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** One line of a file that is not blank. `bytes` is undefined when the line is over the limit. */
export interface FileLine {
  /** Place in the file, from 1, blank lines counted. */
  readonly number: number;
  readonly sizeBytes: number;
  readonly bytes: Uint8Array | undefined;
}

/**
 * Splits a stream of bytes at line feeds, without ever holding more than one line, and of an over-long one only its size.
 * A byte order mark at the head, carriage returns and blank lines are passed over.
 *
 * @throws ARTICLE_FILE_NOT_UTF8 for UTF-16, ARTICLE_FILE_BINARY when the first chunk is not text.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  options: { readonly maxLineBytes: number; readonly name: string },
): AsyncGenerator<FileLine> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let sizeBytes = 0;
  let first = true;

  const add = (part: Uint8Array) => {
    sizeBytes += part.length;
    if (sizeBytes <= options.maxLineBytes) parts.push(part);
    else parts = [];
  };
  const take = (): FileLine | undefined => {
    const line = toLine(parts, { number, sizeBytes, fits: sizeBytes <= options.maxLineBytes });
    number += 1;
    parts = [];
    sizeBytes = 0;
    return line;
  };

  for await (const chunk of chunks) {
    if (first) {
      refuseUtf16(chunk, options.name);
      refuseBinary(chunk, options.name);
    }
    let start = first && UTF8_MARK.every((byte, at) => chunk[at] === byte) ? UTF8_MARK.length : 0;
    first = false;
    for (let end = chunk.indexOf(NEWLINE, start); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (line !== undefined) yield line;
    }
    add(chunk.subarray(start));
  }
  const last = take();
  if (last !== undefined) yield last;
}

function toLine(
  parts: readonly Uint8Array[],
  about: { readonly number: number; readonly sizeBytes: number; readonly fits: boolean },
): FileLine | undefined {
  const { number, sizeBytes } = about;
  if (!about.fits) return { number, sizeBytes, bytes: undefined };
  const bytes = Buffer.concat(parts);
  return bytes.every(isBlankByte) ? undefined : { number, sizeBytes, bytes };
}

function isBlankByte(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}
