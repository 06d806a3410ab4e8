import { createHash } from 'node:crypto';

const HASH_DIGITS = 10;

/** What the id of a passage says of its text: the first hexadecimal digits of its SHA-256. */
export function hashPassageText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, HASH_DIGITS);
}
