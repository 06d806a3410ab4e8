import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { readKeyText, redactKeys } from './key-text.js';

/**
 * Ends a key at once and for ever. A key that is revoked already stays as it is.
 * @param given  Its id, or the whole key.
 * @throws KEY_NOT_FOUND (caller)
 */
export async function revokeKey(store: KeyStore, given: string, nowMs: number): Promise<StoredKey> {
  const id = readKeyText(given)?.id ?? given;
  const key = await store.revoke(id, nowMs);
  if (key !== null) return key;
  const shown = redactKeys(id);
  throw new FihristError('KEY_NOT_FOUND', `No key has the id ${quoteValue(shown)}.`, {
    details: { id: describeValue(shown) },
  });
}
