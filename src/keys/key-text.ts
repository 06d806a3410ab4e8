import { createHash, randomBytes } from 'node:crypto';

/*
 * A key as its holder has it: `fhr_<id>_<secret>`. The beginning tells people and secret scanners what it is; the id
 * (16 hexadecimal digits) is public and finds the key without comparing secrets; the secret is 256 random bits in
 * base64url (43 characters).
 */
const KEY_TEXT = /^fhr_(?<id>[0-9a-f]{16})_(?<secret>[\w-]{43})$/;
const KEY_TEXT_ANYWHERE = /fhr_([0-9a-f]{16})_[\w-]{1,43}/g;

export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

/** A key that nobody has had before. */
export function makeKeyParts(): KeyParts {
  return { id: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

export function writeKeyText({ id, secret }: KeyParts): string {
  return `fhr_${id}_${secret}`;
}

/** @returns Null when the text has not the form of a key */
export function readKeyText(text: string): KeyParts | null {
  const { id, secret } = KEY_TEXT.exec(text)?.groups ?? {};
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** A text that may be logged or repeated: the secret of every key in it is taken out, its id stays. */
export function redactKeys(text: string): string {
  return text.replace(KEY_TEXT_ANYWHERE, 'fhr_$1_[redacted]');
}

/**
 * What is kept of a secret. SHA-256 is enough, and a slow hash as for passwords would only cost every request its time:
 * a secret of 256 random bits cannot be guessed, however fast guesses can be tried.
 */
export function hashSecret(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
