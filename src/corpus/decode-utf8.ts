import { FihristError } from '../domain/errors.js';

/** First bytes of formats that people take for text, and which need not hold a zero byte. */
const BINARY_SIGNATURES: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46, 0x2d], // %PDF-
  [0x50, 0x4b, 0x03, 0x04], // zip, and so .docx and .epub
  [0x1f, 0x8b], // gzip
];

/**
 * Decodes the bytes of a file strictly: a wrong byte is an error, never a replacement character in somebody's article.
 *
 * @param name  What messages call the file.
 * @returns The text without a byte order mark.
 * @throws ARTICLE_FILE_NOT_UTF8, ARTICLE_FILE_BINARY
 */
export function decodeUtf8(bytes: Uint8Array, name: string): string {
  refuseUtf16(bytes, name);
  refuseBinary(bytes, name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FihristError(
      'ARTICLE_FILE_NOT_UTF8',
      `${name} is not valid UTF-8. Save it as UTF-8; older Arabic files are often in Windows-1256.`,
      { details: { file: name }, cause },
    );
  }
}

/** @throws ARTICLE_FILE_NOT_UTF8 when the bytes start with the byte order mark of UTF-16. */
export function refuseUtf16(bytes: Uint8Array, name: string): void {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!little && !big) return;
  throw new FihristError(
    'ARTICLE_FILE_NOT_UTF8',
    `${name} is in UTF-16 (${little ? 'little' : 'big'} endian), as some editors save "Unicode". Save it as UTF-8.`,
    { details: { file: name, encoding: little ? 'utf-16le' : 'utf-16be' } },
  );
}

/** @throws ARTICLE_FILE_BINARY when there is a zero byte, or the head of a PDF, zip or gzip file. */
export function refuseBinary(bytes: Uint8Array, name: string): void {
  const signed = BINARY_SIGNATURES.some((signature) => signature.every((byte, at) => bytes[at] === byte));
  if (!signed && !bytes.includes(0)) return;
  throw new FihristError('ARTICLE_FILE_BINARY', `${name} holds binary data, not text.`, {
    details: { file: name },
  });
}
