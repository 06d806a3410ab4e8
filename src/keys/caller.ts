import type { SearchFilter } from '../domain/search-filter.js';
import type { KeyScope } from './key-store.js';

/** Who asks, and what that allows. */
export interface Caller {
  /** Null when no key is asked for. */
  readonly keyId: string | null;
  readonly scopes: readonly KeyScope[];
  /** Articles that the caller may see; null when all. */
  readonly filter: SearchFilter | null;
}

/** Everyone, where no key is asked for. */
export const ANYONE: Caller = { keyId: null, scopes: ['admin'], filter: null };

export function isAllowed({ scopes }: Pick<Caller, 'scopes'>, scope: KeyScope): boolean {
  return scopes.includes(scope) || scopes.includes('admin');
}
