import { FihristError } from '../../domain/errors.js';
import type { Caller } from '../../keys/caller.js';
import type { KeyScope } from '../../keys/key-store.js';

/** What a caller is told whose key was not made for this. */
export function refuseScope(
  { keyId, scopes }: Pick<Caller, 'keyId' | 'scopes'>,
  scope: KeyScope,
): FihristError {
  const may = scopes.map((one) => JSON.stringify(one)).join(', ');
  return new FihristError(
    'KEY_SCOPE_MISSING',
    `The key ${keyId} may ${may}; this needs ${JSON.stringify(scope)}.`,
    { details: { key_id: keyId, scopes, scope } },
  );
}
