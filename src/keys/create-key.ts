import { FihristError } from '../domain/errors.js';
import { readSearchFilter } from '../search/read-search-filter.js';
import { invalidField } from '../search/refuse-field.js';
import { KEY_SCOPES, type KeyScope, type KeyStore, type StoredKey } from './key-store.js';
import { hashSecret, makeKeyParts, writeKeyText } from './key-text.js';

export const KEY_LIMITS = { maxNameCharacters: 100 } as const;

/** What somebody asks for who wants a key. */
export interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  /** In the form of the HTTP interface: what the key may see. Unset: everything. */
  readonly filter?: unknown;
  /** Unset: never. */
  readonly expiresAtMs?: number;
}

/** A key just made: the only time that its whole text is there. */
export interface CreatedKey {
  readonly key: StoredKey;
  readonly text: string;
}

const SCOPES = KEY_SCOPES.map((scope) => `"${scope}"`).join(', ');

/**
 * Makes a key and keeps it, without its secret.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller); what the store throws
 */
export async function createKey(store: KeyStore, request: KeyRequest, nowMs: number): Promise<CreatedKey> {
  const { filter, expiresAtMs = null } = request;
  const name = checkName(request.name);
  const scopes = checkScopes(request.scopes);
  if (filter !== undefined) checkFilter(filter, scopes);
  if (expiresAtMs !== null && expiresAtMs <= nowMs) {
    throw invalidField('expires', 'a time to come', new Date(expiresAtMs).toISOString());
  }
  const parts = makeKeyParts();
  const key: StoredKey = {
    id: parts.id,
    name,
    scopes,
    filterJson: filter === undefined ? null : JSON.stringify(filter),
    secretSha256: hashSecret(parts.secret),
    createdAtMs: nowMs,
    expiresAtMs,
    revokedAtMs: null,
    lastUsedAtMs: null,
  };
  await store.add(key);
  return { key, text: writeKeyText(parts) };
}

function checkName(given: string): string {
  const name = given.trim();
  const { maxNameCharacters } = KEY_LIMITS;
  // Control characters would steer the terminal that lists the keys.
  if (name !== '' && name.length <= maxNameCharacters && !/\p{Cc}/u.test(name)) return name;
  throw invalidField('name', `1 to ${maxNameCharacters} characters on one line`, given);
}

/** Each once, in the order of the catalogue. */
function checkScopes(given: readonly string[]): KeyScope[] {
  const unknown = given.find((scope) => !KEY_SCOPES.some((known) => known === scope));
  if (unknown !== undefined) throw invalidField('scope', `one of ${SCOPES}`, unknown);
  const scopes = KEY_SCOPES.filter((scope) => given.includes(scope));
  if (scopes.length === 0) throw invalidField('scope', `at least one of ${SCOPES}`, null);
  return scopes;
}

/** A filter is about what is seen. Whoever may write or administer could see past it, so that it would protect nothing. */
function checkFilter(filter: unknown, scopes: readonly KeyScope[]): void {
  readSearchFilter(filter, 'filter');
  const other = scopes.find((scope) => scope !== 'search');
  if (other === undefined) return;
  throw new FihristError(
    'INVALID_REQUEST',
    `A key with a filter may have the scope "search" alone, not "${other}": what it wrote or administered would lie outside of the filter.`,
    { details: { field: 'scope', allowed: 'search', value: other } },
  );
}
