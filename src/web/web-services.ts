import type { AnswerEvent } from '../answer/answer.js';
import type { AnswerRequest } from '../answer/answer-request.js';
import type { ArticleId } from '../domain/article.js';
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
  readonly assets: WebAssets;
  readonly version: string;
}
