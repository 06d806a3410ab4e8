import { LANGUAGES } from '../domain/language.js';
import type { ArticleStoreReader } from '../storage/article-store.js';
import type { SearchRequest } from './search-request.js';

/** Labels that may be found, or null when all may. */
export async function wantedLabels(
  store: Pick<ArticleStoreReader, 'labels'>,
  fingerprint: string,
  { languages, filters }: Pick<SearchRequest, 'languages' | 'filters'>,
): Promise<Uint32Array | null> {
  const inAll = languages === undefined || new Set(languages).size === LANGUAGES.length;
  if (inAll && filters === undefined) return null;
  return store.labels({
    fingerprint,
    ...(inAll ? {} : { languages }),
    ...(filters === undefined ? {} : { filter: filters }),
  });
}
