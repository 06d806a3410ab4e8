import type { SearchFilter } from '../domain/search-filter.js';

/**
 * A request that finds nothing outside of `allowed`, whatever it asks for itself.
 * @param allowed  Null: everything may be found.
 */
export function narrowRequest<Request extends { readonly filters?: SearchFilter }>(
  request: Request,
  allowed: SearchFilter | null,
): Request {
  if (allowed === null) return request;
  const { filters } = request;
  return {
    ...request,
    filters: filters === undefined ? allowed : { type: 'and', filters: [allowed, filters] },
  };
}
