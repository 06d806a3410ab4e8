import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerEvent } from '../answer/answer.js';
import type { AnswerRequest } from '../answer/answer-request.js';
import type { ArticleId } from '../domain/article.js';
import type { FihristError } from '../domain/errors.js';
import type { RelatedResult } from '../search/find-related-passages.js';
import type { RelatedRequest } from '../search/related-request.js';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import type { SearchRun } from '../search/search-run.js';
import type { StoredArticle } from '../storage/article-store.js';
import type { TaskView } from '../tasks/task-view.js';
import type { ArchiveFigures, IndexingProgress } from './pages/status-page.js';
import type { RecentSearches } from './recent-searches.js';
import type { SampleQuestions } from './sample-questions.js';
import type { WebAssets } from './web-assets.js';
import type { ReaderAccess } from './web-page.js';

/**
 * Who is in front of a browser: `open`, nobody is asked for a key; `signed-in`; `signed-out`, there is no session, or none
 * that is known (any more); or why the key of the session does not count any more.
 */
export type ReaderState =
  | { readonly kind: 'open' | 'signed-in' }
  | { readonly kind: 'signed-out'; readonly hadSession: boolean }
  | { readonly kind: 'refused'; readonly refusal: FihristError };

/** Lets people in who have a key. */
export interface ReaderSessions {
  /** @throws what the key store throws */
  readerOf(req: IncomingMessage): Promise<ReaderState>;
  /**
   * Sets a cookie that opens the pages from now on; none where no key is asked for.
   * @throws ORIGIN_NOT_ALLOWED, RATE_LIMITED, KEY_INVALID, KEY_EXPIRED, KEY_REVOKED, KEY_SCOPE_MISSING (caller); what the key
   *   store throws
   */
  signIn(req: IncomingMessage, res: ServerResponse, key: string): Promise<void>;
  /** @throws ORIGIN_NOT_ALLOWED (caller) */
  signOut(req: IncomingMessage, res: ServerResponse): void;
}

/** What the pages need of the rest. */
export interface WebServices {
  /** May throw any FihristError, NOT_READY among them. */
  readonly search: (request: SearchRequest, access: ReaderAccess & SearchRun) => Promise<SearchResult>;
  readonly related: (request: RelatedRequest, access: ReaderAccess) => Promise<RelatedResult>;
  readonly article: (id: ArticleId, access: ReaderAccess) => Promise<StoredArticle | null>;
  /** May throw any FihristError before the first event. */
  readonly answer: (request: AnswerRequest, access: ReaderAccess) => AsyncIterable<AnswerEvent>;
  readonly readiness: () => { readonly ready: boolean; readonly indexing: IndexingProgress | null };
  /** Null as long as the archive is not open, and for a reader who may see a part of it only. */
  readonly archiveFigures: (access: ReaderAccess) => Promise<ArchiveFigures | null>;
  /** Those that are not over, the oldest first. Null for a reader who may not see tasks, and as long as they are not open. */
  readonly tasks: (access: ReaderAccess) => readonly TaskView[] | null;
  /** Of everybody, programs included. */
  readonly searches: RecentSearches;
  /** None for a reader who may see a part of the archive only. */
  readonly sampleQuestions: (access: ReaderAccess) => Promise<SampleQuestions>;
  readonly readers: ReaderSessions;
  readonly assets: WebAssets;
  readonly version: string;
}
