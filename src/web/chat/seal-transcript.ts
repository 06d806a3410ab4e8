import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Transcript, transcriptSchema } from './transcript.js';

/**
 * Lets pages carry a conversation, since the service keeps none and sets no cookie: a seal shows that it was written
 * here, so that no other site can send a reader a page of ours with answers of its own. Seals end with the process.
 */
export class TranscriptSeal {
  readonly #key = randomBytes(32);

  seal(transcript: Transcript): string {
    const text = Buffer.from(JSON.stringify(transcript)).toString('base64url');
    return `${text}.${this.#mac(text).toString('base64url')}`;
  }

  /** @returns Null for what was not sealed by this process. */
  open(sealed: string): Transcript | null {
    const [text = '', mac = ''] = sealed.split('.');
    const given = Buffer.from(mac, 'base64url');
    const right = this.#mac(text);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return transcriptSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}
