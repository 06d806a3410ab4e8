/** What a key lets its holder do. `admin` includes all others. */
export const KEY_SCOPES = ['search', 'articles:write', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** A key as it is kept: all but its secret. Times are milliseconds since 1970 UTC. */
export interface StoredKey {
  /** Public: stands in the key, in logs and in lists. */
  readonly id: string;
  /** What its owner calls it. */
  readonly name: string;
  /** Never empty. */
  readonly scopes: readonly KeyScope[];
  /** JSON of a search filter, in the form of the HTTP interface; null when the key sees everything. */
  readonly filterJson: string | null;
  /** SHA-256 of the secret, 32 bytes. */
  readonly secretSha256: Uint8Array;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  /** Up to a minute old while the service runs. */
  readonly lastUsedAtMs: number | null;
}

/**
 * Keeps keys. Several processes may have the same store open: what one has written, the others read at once.
 * Nothing is ever removed, so that the log can be read years later and "no key" never comes back by itself.
 */
export interface KeyStore {
  /** @throws when there is a key with this id already */
  add(key: StoredKey): Promise<void>;
  find(id: string): Promise<StoredKey | null>;
  /** All keys, revoked and expired ones too, oldest first. */
  list(): Promise<StoredKey[]>;
  /** Whether no key was ever made. Asked at every request: must be cheap. */
  isEmpty(): Promise<boolean>;
  /** A key that is revoked already keeps its time. @returns The key as it is now; null when there is no such key */
  revoke(id: string, revokedAtMs: number): Promise<StoredKey | null>;
  /** Moves last uses forward, never back. Ids that are not there are passed over. */
  recordUses(lastUsedAtMs: ReadonlyMap<string, number>): Promise<void>;
  close(): Promise<void>;
}
