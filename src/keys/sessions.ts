import { createHash, randomBytes } from 'node:crypto';

export interface SessionsOptions {
  /** How long a session lasts that nobody uses. Default: 12 hours. */
  readonly idleMs?: number;
  /** Sessions of one key; one more ends that which was unused longest. Default: 100. */
  readonly maxOfKey?: number;
  /** Of all keys together; the same. Default: 10,000. */
  readonly maxSessions?: number;
  /** Milliseconds of a clock that never goes back. Default: `performance.now`. */
  readonly now?: () => number;
}

interface Session {
  readonly keyId: string;
  readonly usedAtMs: number;
}

const IDLE_MS = 12 * 3_600_000;
const MAX_OF_KEY = 100;
const MAX_SESSIONS = 10_000;
const TOKEN = /^[\w-]{43}$/;

/**
 * Who has signed in with which key, in memory alone: a restart ends all sessions. What is kept is a hash of the token and
 * the id of the key, so that neither is to be had from here; whether the key still counts is asked of the key ring at every
 * request, so that a session ends with its key.
 *
 * Cost: a hash a request; beginning one looks through all there are.
 */
export class Sessions {
  readonly #idleMs: number;
  readonly #maxOfKey: number;
  readonly #maxSessions: number;
  readonly #now: () => number;
  /** By hash of the token, the one that was unused longest first. */
  readonly #sessions = new Map<string, Session>();

  constructor({
    idleMs = IDLE_MS,
    maxOfKey = MAX_OF_KEY,
    maxSessions = MAX_SESSIONS,
    now = () => performance.now(),
  }: SessionsOptions = {}) {
    this.#idleMs = idleMs;
    this.#maxOfKey = maxOfKey;
    this.#maxSessions = maxSessions;
    this.#now = now;
  }

  /** Sessions that have not ended. */
  get count(): number {
    this.#dropIdle();
    return this.#sessions.size;
  }

  /** @param keyId  Of a key that was shown and is right. @returns The token: 256 random bits in base64url (43 characters) */
  begin(keyId: string): string {
    this.#dropIdle();
    const ofKey = [...this.#sessions].filter(([, session]) => session.keyId === keyId);
    for (const [name] of ofKey.slice(0, Math.max(0, ofKey.length - this.#maxOfKey + 1))) {
      this.#sessions.delete(name);
    }
    const [longestUnused] = this.#sessions.keys();
    if (longestUnused !== undefined && this.#sessions.size >= this.#maxSessions) {
      this.#sessions.delete(longestUnused);
    }
    const token = randomBytes(32).toString('base64url');
    this.#sessions.set(nameOf(token), { keyId, usedAtMs: this.#now() });
    return token;
  }

  /** The id of the key that a session began with; it counts as used. @returns Null when there is no such session (any more) */
  use(token: string): string | null {
    if (!TOKEN.test(token)) return null;
    const name = nameOf(token);
    const session = this.#sessions.get(name);
    if (session === undefined) return null;
    this.#sessions.delete(name);
    const nowMs = this.#now();
    if (nowMs - session.usedAtMs >= this.#idleMs) return null;
    // The last of the list: it was used just now.
    this.#sessions.set(name, { ...session, usedAtMs: nowMs });
    return session.keyId;
  }

  end(token: string): void {
    this.#sessions.delete(nameOf(token));
  }

  #dropIdle(): void {
    const since = this.#now() - this.#idleMs;
    for (const [name, { usedAtMs }] of this.#sessions) {
      if (usedAtMs > since) return;
      this.#sessions.delete(name);
    }
  }
}

/** Tokens are looked up by their hash: how long that takes tells nothing of a token that is not known. */
function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
