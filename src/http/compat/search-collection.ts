import { FihristError } from '../../domain/errors.js';
import type { RankedPassage } from '../../domain/ranked-passage.js';
import type { SearchFilter } from '../../domain/search-filter.js';
import type { SearchRequest } from '../../search/search-request.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import type { Access } from '../access.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { searchForCaller } from '../search-for-caller.js';

/** What the whole archive is called where other software names a part of it. */
export const WHOLE_ARCHIVE = 'fihrist';

export type CollectionSearch = Pick<HttpServerOptions, 'search' | 'articles'>;

export interface AskedCollection {
  readonly name: string;
  readonly access: Access;
}

/**
 * Searches a collection by its name, or the whole archive by the name `fihrist`.
 * @throws COLLECTION_NOT_FOUND (caller) when the caller sees none of that name, and whatever a search throws
 */
export async function searchCollection(
  { search, articles }: CollectionSearch,
  request: SearchRequest,
  { name, access }: AskedCollection,
): Promise<readonly RankedPassage[]> {
  if (name === WHOLE_ARCHIVE) return (await searchForCaller(search, request, access)).hits;
  const ofCollection: SearchFilter = { type: 'in', key: 'source', values: [name] };
  const { filters } = request;
  const narrowed: SearchFilter =
    filters === undefined ? ofCollection : { type: 'and', filters: [ofCollection, filters] };
  const { hits, total } = await searchForCaller(search, { ...request, filters: narrowed }, access);
  // Asked for only when there is nothing to show, so that searches that find something cost no more than others.
  if (total === 0 && (await articles({ filter: ofCollection, limit: 1 }, access)).length === 0) {
    throw new FihristError(
      'COLLECTION_NOT_FOUND',
      `There is no collection ${quoteValue(name)}; ${JSON.stringify(WHOLE_ARCHIVE)} is the whole archive.`,
      { details: { collection: describeValue(name) } },
    );
  }
  return hits;
}
