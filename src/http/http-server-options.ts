import type { Logger } from 'pino';
import type { ArticleId } from '../domain/article.js';
import type { RelatedResult } from '../search/find-related-passages.js';
import type { RelatedRequest } from '../search/related-request.js';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import type { StoredArticle } from '../storage/article-store.js';
import type { InterfacesOptions } from './compat/interfaces-options.js';
import type { Gate } from './gate.js';
import type { RequestObserver } from './observe-request.js';

/** Whether searches can be answered, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  /** Sentences for people; empty when ready. */
  readonly reasons: readonly string[];
  /** How far the run that is going on is; null when none is. A service can be ready while it indexes. */
  readonly indexing: { readonly articlesDone: number; readonly articlesTotal: number } | null;
}

/** What the HTTP front door needs of the rest. */
export interface HttpServerOptions {
  /** May throw any FihristError, NOT_READY among them. `signal` fires when the caller has gone away. */
  readonly search: (request: SearchRequest, signal: AbortSignal) => Promise<SearchResult>;
  /** May throw any FihristError, NOT_READY and PASSAGE_NOT_FOUND among them. */
  readonly related: (request: RelatedRequest) => Promise<RelatedResult>;
  readonly article: (id: ArticleId) => Promise<StoredArticle | null>;
  /** Asked at every probe: must be cheap. */
  readonly readiness: () => Readiness;
  /** What every request that has a route passes, in this order, before it is read. Default: none. */
  readonly gates?: readonly Gate[];
  /** Told of every request when it is over; the log is told besides. Default: none. */
  readonly observers?: readonly RequestObserver[];
  /** The contracts of other software. Default: none is spoken. */
  readonly interfaces?: InterfacesOptions;
  readonly maxBodyBytes: number;
  readonly logger: Logger;
  readonly version: string;
  /** The text of docs/errors.md, which the `link` of every error opens. */
  readonly errorsPage: string;
  /** The script that shows the OpenAPI document on the page at `GET /docs`. */
  readonly referenceViewer: Buffer;
}
