import { timingSafeEqual } from 'node:crypto';
import { FihristError } from '../domain/errors.js';
import type { SearchFilter } from '../domain/search-filter.js';
import { readSearchFilter } from '../search/read-search-filter.js';
import { ANYONE, type Caller } from './caller.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { hashSecret, readKeyText } from './key-text.js';

/**
 * When a key is asked for: `auto` from the first key on, so that revoking the last one does not open the doors again;
 * `on` always; `off` never.
 */
export type KeyPolicy = 'auto' | 'on' | 'off';

export interface KeyRingOptions {
  readonly store: KeyStore;
  readonly policy: KeyPolicy;
  /** Milliseconds since 1970 UTC. Default: the clock of the system. */
  readonly now?: () => number;
  /** Told when last uses could not be kept; they are tried again with the next ones. */
  readonly onUnsaved?: (error: unknown) => void;
}

/** Last uses are written together, so that a request does not wait for the disk. */
const SAVING_INTERVAL_MS = 60_000;

/** Tells who asks. Reads the store at every request, so that a new or revoked key counts at once. */
export class KeyRing {
  readonly #store: KeyStore;
  readonly #policy: KeyPolicy;
  readonly #now: () => number;
  readonly #onUnsaved: (error: unknown) => void;
  /** Filters by key id: they never change. */
  readonly #filters = new Map<string, SearchFilter>();
  #uses = new Map<string, number>();
  #savingTimer: NodeJS.Timeout | null = null;

  constructor({ store, policy, now = Date.now, onUnsaved = () => {} }: KeyRingOptions) {
    this.#store = store;
    this.#policy = policy;
    this.#now = now;
    this.#onUnsaved = onUnsaved;
  }

  /** Whether a request without a key is refused. */
  async asksForKeys(): Promise<boolean> {
    if (this.#policy === 'auto') return !(await this.#store.isEmpty());
    return this.#policy === 'on';
  }

  /**
   * @param text  The key as it was sent; null when none was.
   * @throws KEY_MISSING, KEY_INVALID, KEY_EXPIRED, KEY_REVOKED (caller); what the store throws
   */
  async identify(text: string | null): Promise<Caller> {
    if (!(await this.asksForKeys())) return ANYONE;
    if (text === null) {
      throw new FihristError(
        'KEY_MISSING',
        'This needs a key: send it in the header "Authorization: Bearer <key>" or "X-API-Key: <key>".',
        { details: { header: 'authorization' } },
      );
    }
    return this.#admit(await this.#find(text));
  }

  /**
   * Who asks, when it was shown before that the key is theirs.
   * @param id  Of a key.
   * @throws KEY_INVALID, KEY_EXPIRED, KEY_REVOKED (caller); what the store throws
   */
  async identifyHolder(id: string): Promise<Caller> {
    if (!(await this.asksForKeys())) return ANYONE;
    const key = await this.#store.find(id);
    if (key === null) throw noSuchKey();
    return this.#admit(key);
  }

  /** Keeps the last uses that are not on disk yet. The store stays open. */
  async close(): Promise<void> {
    await this.#save();
  }

  #admit(key: StoredKey): Caller {
    const nowMs = this.#now();
    if (key.revokedAtMs !== null) throw ended('KEY_REVOKED', 'was revoked on', key, key.revokedAtMs);
    if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) {
      throw ended('KEY_EXPIRED', 'expired on', key, key.expiresAtMs);
    }
    this.#recordUse(key.id, nowMs);
    return { keyId: key.id, scopes: key.scopes, filter: this.#filterOf(key) };
  }

  async #find(text: string): Promise<StoredKey> {
    const parts = readKeyText(text);
    const key = parts === null ? null : await this.#store.find(parts.id);
    // The id is no secret, so that only the comparison of the hashes must take the same time for every wrong secret.
    if (parts === null || key === null || !timingSafeEqual(hashSecret(parts.secret), key.secretSha256)) {
      throw noSuchKey();
    }
    return key;
  }

  #filterOf({ id, filterJson }: StoredKey): SearchFilter | null {
    if (filterJson === null) return null;
    const known = this.#filters.get(id);
    if (known !== undefined) return known;
    const filter = readKeptFilter(id, filterJson);
    this.#filters.set(id, filter);
    return filter;
  }

  #recordUse(id: string, nowMs: number): void {
    this.#uses.set(id, nowMs);
    if (this.#savingTimer !== null) return;
    this.#savingTimer = setTimeout(() => void this.#save(), SAVING_INTERVAL_MS);
    this.#savingTimer.unref();
  }

  async #save(): Promise<void> {
    if (this.#savingTimer !== null) clearTimeout(this.#savingTimer);
    this.#savingTimer = null;
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    try {
      await this.#store.recordUses(uses);
    } catch (error) {
      for (const [id, usedAtMs] of uses) if (!this.#uses.has(id)) this.#uses.set(id, usedAtMs);
      this.#onUnsaved(error);
    }
  }
}

/** Whoever has a key whose filter cannot be read sees nothing, rather than everything. */
function readKeptFilter(id: string, filterJson: string): SearchFilter {
  try {
    return readSearchFilter(JSON.parse(filterJson), 'filter');
  } catch (cause) {
    throw new FihristError('STORE_UNUSABLE', `The filter of the key ${id} cannot be read; make a new key.`, {
      details: { key_id: id },
      cause,
    });
  }
}

function noSuchKey(): FihristError {
  return new FihristError('KEY_INVALID', 'There is no such key; it must be sent whole, as it was shown.');
}

function ended(
  code: 'KEY_EXPIRED' | 'KEY_REVOKED',
  how: string,
  { id }: StoredKey,
  atMs: number,
): FihristError {
  const at = new Date(atMs).toISOString();
  return new FihristError(code, `The key ${id} ${how} ${at}.`, { details: { key_id: id, at } });
}
