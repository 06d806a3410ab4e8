import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { AnswerEvent } from '../answer/answer.js';
import type { AnswerRequest } from '../answer/answer-request.js';
import type { Backups } from '../backup/backups.js';
import type { ArticleId } from '../domain/article.js';
import type { FihristError } from '../domain/errors.js';
import type { RelatedResult } from '../search/find-related-passages.js';
import type { RelatedRequest } from '../search/related-request.js';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import type { SearchRun } from '../search/search-run.js';
import type { ArticleSummary, ArticlesOptions, StoredArticle } from '../storage/article-store.js';
import type { TaskQueue } from '../tasks/task-queue.js';
import type { WriteGivenArticles } from '../tasks/task-run.js';
import type { RequestTracer } from '../telemetry/request-tracer.js';
import type { ServiceMetrics } from '../telemetry/service-metrics.js';
import type { ReadAccess } from './access.js';
import type { InterfacesOptions } from './compat/interfaces-options.js';
import type { Gate } from './gate.js';
import type { SlowSearchOptions } from './log-slow-searches.js';
import type { RequestObserver } from './observe-request.js';
import type { Page } from './page.js';
import type { Readiness } from './readiness.js';
import type { TimeLimits } from './work-time.js';

/** Large batches: see TaskQueue. */
export type Tasks = Pick<TaskQueue, 'receive' | 'articlesOf' | 'discard' | 'add' | 'get' | 'list' | 'cancel'>;

/** How long callers may take, in milliseconds. */
export interface CallerPatience {
  /** To send the headers of a request. */
  readonly headers: number;
  /** To send the whole request. */
  readonly request: number;
  /** To take nothing of a reply that is ready. */
  readonly stalledReply: number;
  /** How often the first two are looked at. */
  readonly lookEvery: number;
}

/** Who gets a page. */
export interface PageReader {
  readonly isSignedIn: boolean;
}

/** A page that says what went wrong. */
export interface ErrorPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** What the HTTP front door needs of the rest. */
export interface HttpServerOptions {
  /**
   * May throw any FihristError, NOT_READY among them; what the run's signal fires with when it does. Routes call it
   * through `searchForCaller`.
   */
  readonly search: (request: SearchRequest, run: ReadAccess & SearchRun) => Promise<SearchResult>;
  /** May throw any FihristError before the first event; stopped by `access.signal`. */
  readonly answer: (request: AnswerRequest, access: ReadAccess) => AsyncIterable<AnswerEvent>;
  /** May throw any FihristError, NOT_READY and PASSAGE_NOT_FOUND among them. */
  readonly related: (request: RelatedRequest, access: ReadAccess) => Promise<RelatedResult>;
  /** Null when there is none, or none that the caller may see. */
  readonly article: (id: ArticleId, access: ReadAccess) => Promise<StoredArticle | null>;
  /** Those that the caller may see. */
  readonly articles: (options: ArticlesOptions, access: ReadAccess) => Promise<ArticleSummary[]>;
  /** See writeArticles of the ingest room. May throw any FihristError, NOT_READY among them. */
  readonly writeArticles: WriteGivenArticles;
  /** May throw any FihristError; NOT_READY, ARTICLE_NOT_FOUND and ARTICLE_OF_CORPUS among them. */
  readonly deleteArticle: (
    id: ArticleId,
    how: { readonly signal: AbortSignal; readonly beforeChange: () => void },
  ) => Promise<void>;
  /** @throws NOT_READY (operator) */
  readonly tasks: () => Tasks;
  /** @throws NOT_READY (operator) */
  readonly backups: () => Pick<Backups, 'start' | 'list' | 'get' | 'checksums' | 'delete'>;
  /** Address of this service as people reach it, without a slash at the end: links to articles begin with it. */
  readonly serviceUrl: () => string;
  /** Asked at every probe: must be cheap. */
  readonly readiness: () => Readiness;
  /** What every request that has a route passes, in this order, before it is read. Default: none. */
  readonly gates?: readonly Gate[];
  /** Told of every request when it is over; the log is told besides. Default: none. */
  readonly observers?: readonly RequestObserver[];
  /** The contracts of other software. Default: none is spoken. */
  readonly interfaces?: InterfacesOptions;
  /** Counts requests, and is what `GET /metrics` shows. Default: none, and then there is no such route. */
  readonly metrics?: ServiceMetrics;
  /** Default: none; then the trace of a caller goes on as it came. */
  readonly tracer?: RequestTracer;
  /** Which searches get a line of their own in the log. Default: none. */
  readonly slowSearches?: Pick<SlowSearchOptions, 'thresholdMs' | 'showsQuery'>;
  /** What is served beside the interface for programs, to people. Default: nothing. */
  readonly pages?: readonly Page[];
  /** What went wrong as a page, for callers who prefer HTML. Default: they get JSON as everybody. */
  readonly errorPage?: (error: FihristError, req: IncomingMessage, reader: PageReader) => ErrorPage;
  /** Where somebody without a key is sent who wants the page that was asked for. Default: they get an error page. */
  readonly signInAddress?: (req: IncomingMessage) => string;
  readonly maxBodyBytes: number;
  readonly timeLimitsMs: TimeLimits;
  /** Default: 10 s for headers, 30 s for a request and for a stalled reply, looked at every second. */
  readonly patienceMs?: Partial<CallerPatience>;
  /** Connections open at the same time. */
  readonly maxConnections: number;
  /** Proxies whose `X-Forwarded-For` is believed (see `clientAddressReader`). Default: none. */
  readonly trustedProxies?: readonly string[];
  /** Origins of web pages that may use the service, such as `https://example.org`. */
  readonly corsOrigins: readonly string[];
  readonly logger: Logger;
  readonly version: string;
  /** The text of docs/errors.md, which the `link` of every error opens. */
  readonly errorsPage: string;
  /** The script that shows the OpenAPI document on the page at `GET /docs`. */
  readonly referenceViewer: Buffer;
}
