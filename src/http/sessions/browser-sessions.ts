import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { FihristError } from '../../domain/errors.js';
import { type Caller, isAllowed } from '../../keys/caller.js';
import type { KeyRing } from '../../keys/key-ring.js';
import type { Sessions } from '../../keys/sessions.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import { refuseScope } from '../gates/refuse-scope.js';
import type { KnownNames } from '../known-names.js';
import { addressGroup } from '../limits/address-group.js';
import { type ReplyFacts, replyFacts } from '../reply-facts.js';
import type { Route } from '../route.js';
import { httpsReader } from './arrival-scheme.js';
import { isOwnRequest } from './is-own-request.js';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie.js';

export interface BrowserSessionsOptions {
  readonly keys: Pick<KeyRing, 'asksForKeys' | 'identify' | 'identifyHolder'>;
  readonly sessions: Sessions;
  readonly names: Pick<KnownNames, 'isOwnOrigin'>;
  /** Proxies that are believed about https. */
  readonly trustedProxies: readonly string[];
  /** Wrong keys that may be tried from one address in a minute. Default: 20. */
  readonly wrongKeysPerMinute?: number;
}

/**
 * Who is in front of a browser: nobody is asked for a key, there is a session, there is none (any more), or why the key of
 * the session does not count any more.
 */
export type ReaderState =
  | { readonly kind: 'open' | 'signed-in' }
  | { readonly kind: 'signed-out'; readonly hadSession: boolean }
  | { readonly kind: 'refused'; readonly refusal: FihristError };

const WRONG_KEYS_PER_MINUTE = 20;
const WINDOW_S = 60;

/**
 * Sessions of people who showed a key once, by a cookie. A session reads: it opens pages, and to scripts of these pages the
 * routes of scope `search`. Whatever writes or administers takes the key itself.
 */
export class BrowserSessions {
  readonly #options: BrowserSessionsOptions;
  readonly #isHttps: (req: IncomingMessage) => boolean;
  readonly #wrongKeys: RateLimiterMemory;

  constructor(options: BrowserSessionsOptions) {
    this.#options = options;
    this.#isHttps = httpsReader(options.trustedProxies);
    const points = options.wrongKeysPerMinute ?? WRONG_KEYS_PER_MINUTE;
    this.#wrongKeys = new RateLimiterMemory({ points, duration: WINDOW_S });
  }

  /**
   * The id of the key that a request is made with by way of its cookie. Null without a session, and where a cookie must not
   * count: pages are read by whoever has it, as other sites cannot make browsers send it; all else must come from our own pages.
   */
  keyIdOf(route: Pick<Route, 'scope' | 'isPage'>, req: IncomingMessage): string | null {
    const token = this.#tokenOf(req);
    if (token === null || route.scope !== 'search') return null;
    const isReading = route.isPage === true && (req.method === 'GET' || req.method === 'HEAD');
    if (!isReading && !isOwnRequest(req, this.#options.names)) return null;
    return this.#options.sessions.use(token);
  }

  /** @throws what the key store throws */
  async readerOf(req: IncomingMessage): Promise<ReaderState> {
    const { keys, sessions } = this.#options;
    if (!(await keys.asksForKeys())) return { kind: 'open' };
    const token = this.#tokenOf(req);
    const keyId = token === null ? null : sessions.use(token);
    if (keyId === null) return { kind: 'signed-out', hadSession: token !== null };
    try {
      await keys.identifyHolder(keyId);
      return { kind: 'signed-in' };
    } catch (error) {
      if (!isCallers(error)) throw error;
      return { kind: 'refused', refusal: error };
    }
  }

  /**
   * Begins a session and sets its cookie; a session that there was ends. Sets nothing where no key is asked for.
   * @param text  The key as it was written.
   * @throws ORIGIN_NOT_ALLOWED, RATE_LIMITED, KEY_INVALID, KEY_EXPIRED, KEY_REVOKED, KEY_SCOPE_MISSING (caller); what the key
   *   store throws
   */
  async signIn(req: IncomingMessage, res: ServerResponse, text: string): Promise<void> {
    const { keys, sessions } = this.#options;
    this.#refuseOthers(req);
    if (!(await keys.asksForKeys())) return;
    const facts = replyFacts(res);
    const { keyId } = await this.#identify(facts, res, text);
    if (keyId === null) return;
    const before = this.#tokenOf(req);
    if (before !== null) sessions.end(before);
    res.appendHeader('set-cookie', writeSessionCookie(sessions.begin(keyId), this.#isHttps(req)));
  }

  /** Ends the session, if there is one. @throws ORIGIN_NOT_ALLOWED (caller) */
  signOut(req: IncomingMessage, res: ServerResponse): void {
    this.#refuseOthers(req);
    const token = this.#tokenOf(req);
    if (token === null) return;
    // For the log.
    replyFacts(res).caller = { keyId: this.#options.sessions.use(token), scopes: [], filter: null };
    this.#options.sessions.end(token);
    res.appendHeader('set-cookie', clearSessionCookie(this.#isHttps(req)));
  }

  #tokenOf(req: IncomingMessage): string | null {
    return readSessionCookie(req.headers.cookie, this.#isHttps(req));
  }

  /** Other sites must not sign anybody in, or out. */
  #refuseOthers(req: IncomingMessage): void {
    if (isOwnRequest(req, this.#options.names)) return;
    const { origin } = req.headers;
    throw new FihristError(
      'ORIGIN_NOT_ALLOWED',
      `The form was sent from ${origin === undefined ? 'elsewhere' : quoteValue(origin)}, not from a page of this service; behind a proxy, name the service in FIHRIST_ALLOWED_HOSTS.`,
      {
        details: { header: 'origin', value: describeValue(origin ?? null), setting: 'FIHRIST_ALLOWED_HOSTS' },
      },
    );
  }

  async #identify(facts: ReplyFacts, res: ServerResponse, text: string): Promise<Caller> {
    const address = addressGroup(facts.address);
    // Counted first and taken back, so that many at once are no way around.
    await this.#countWrongKey(address, res);
    try {
      const caller = await this.#options.keys.identify(text);
      facts.caller = caller;
      if (!isAllowed(caller, 'search')) throw refuseScope(caller, 'search');
      await this.#wrongKeys.reward(address);
      return caller;
    } catch (error) {
      if (isCallers(error)) {
        facts.errorCode = error.code;
        const { key_id: keyId } = error.details;
        if (typeof keyId === 'string') facts.refusedKeyId = keyId;
      }
      throw error;
    }
  }

  async #countWrongKey(address: string, res: ServerResponse): Promise<void> {
    try {
      await this.#wrongKeys.consume(address);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const { points } = this.#wrongKeys;
      const retryAfterS = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
      res.setHeader('retry-after', retryAfterS);
      replyFacts(res).errorCode = 'RATE_LIMITED';
      throw new FihristError(
        'RATE_LIMITED',
        `More than ${points} wrong keys in a minute; try again in ${retryAfterS} ${retryAfterS === 1 ? 'second' : 'seconds'}.`,
        { details: { limit: points, window_s: WINDOW_S, retry_after_s: retryAfterS } },
      );
    }
  }
}

function isCallers(error: unknown): error is FihristError {
  return error instanceof FihristError && error.fault === 'caller';
}
