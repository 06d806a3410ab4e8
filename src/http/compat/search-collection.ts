import { FihristError } from '../../domain/errors.js';
import type { RankedPassage } from '../../domain/ranked-passage.js';
import type { SearchFilter } from '../../domain/search-filter.js';
import type { SearchRequest } from '../../search/search-request.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import type { Access } from '../access.js';
import type { HttpServerOptions } from '../http-server-options.js';
import type { InterfacesOptions } from './interfaces-options.js';

/** What the whole archive is called where other software names a part of it. */
export const WHOLE_ARCHIVE = 'fihrist';

export type CollectionSearch = Pick<HttpServerOptions, 'search'> & Pick<InterfacesOptions, 'hasCollection'>;

/**
 * Searches a collection by its name, or the whole archive by the name `fihrist`.
 * @throws COLLECTION_NOT_FOUND (caller), and whatever a search throws
 */
export async function searchCollection(
  { search, hasCollection }: CollectionSearch,
  name: string,
  { request, access }: { readonly request: SearchRequest; readonly access: Access },
): Promise<readonly RankedPassage[]> {
  if (name === WHOLE_ARCHIVE) return (await search(request, access)).hits;
  const ofCollection: SearchFilter = { type: 'in', key: 'source', values: [name] };
  const { filters } = request;
  const narrowed: SearchFilter =
    filters === undefined ? ofCollection : { type: 'and', filters: [ofCollection, filters] };
  const { hits, total } = await search({ ...request, filters: narrowed }, access);
  // Asked for only when there is nothing to show, so that searches that find something cost no more than others.
  if (total === 0 && !(await hasCollection(name, access))) {
    throw new FihristError(
      'COLLECTION_NOT_FOUND',
      `There is no collection ${quoteValue(name)}; ${JSON.stringify(WHOLE_ARCHIVE)} is the whole archive.`,
      { details: { collection: describeValue(name) } },
    );
  }
  return hits;
}
