import type { ArticleId } from '../domain/article.js';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import type { StoredArticle } from '../storage/article-store.js';

/** What the tools need of the rest: the archive as one caller may see it. */
export interface McpArchive {
  /** May throw any FihristError, NOT_READY among them. `signal` fires when the caller has gone away. */
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchResult>;
  article(id: ArticleId): Promise<StoredArticle | null>;
  /** Address of this service, without a slash at the end: what articles without an address of their own are linked by. */
  serviceUrl(): string;
}
