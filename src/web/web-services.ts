import type { ArticleId } from '../domain/article.js';
import type { RelatedResult } from '../search/find-related-passages.js';
import type { RelatedRequest } from '../search/related-request.js';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchRequest } from '../search/search-request.js';
import type { StoredArticle } from '../storage/article-store.js';
import type { AnswerChat } from './chat/chat-answers.js';
import type { ArchiveFigures, IndexingProgress } from './pages/status-page.js';
import type { RecentSearches } from './recent-searches.js';
import type { SampleQuestions } from './sample-questions.js';
import type { WebAssets } from './web-assets.js';

/** What the pages need of the rest. */
export interface WebServices {
  /** May throw any FihristError, NOT_READY among them. `signal` fires when the reader has gone away. */
  readonly search: (request: SearchRequest, signal: AbortSignal) => Promise<SearchResult>;
  readonly related: (request: RelatedRequest) => Promise<RelatedResult>;
  readonly article: (id: ArticleId) => Promise<StoredArticle | null>;
  /** Null when nothing answers in sentences: then there is no page for it. */
  readonly answer: AnswerChat | null;
  readonly readiness: () => { readonly ready: boolean; readonly indexing: IndexingProgress | null };
  /** Null as long as the archive is not open. */
  readonly archiveFigures: () => Promise<ArchiveFigures | null>;
  /** Of everybody, programs included. */
  readonly searches: RecentSearches;
  readonly sampleQuestions: () => Promise<SampleQuestions>;
  readonly assets: WebAssets;
  readonly version: string;
}
