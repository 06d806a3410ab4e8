import type { ArticleId } from '../domain/article.js';
import type { SearchFilter } from '../domain/search-filter.js';
import type {
  ArticleStoreReader,
  ArticleSummary,
  ArticlesOptions,
  StoredArticle,
} from '../storage/article-store.js';
import { wholeArticle } from '../storage/damaged-article.js';
import { matchesFilter } from '../storage/matches-filter.js';
import type { RelatedResult } from './find-related-passages.js';
import type { RelatedRequest } from './related-request.js';
import type { SearchResult } from './search-passages.js';
import type { SearchRequest } from './search-request.js';
import type { SearchRun } from './search-run.js';

/** What is asked of an archive by those who may not see all of it. */
export interface ReadableArchive {
  readonly store: Pick<ArticleStoreReader, 'article' | 'articles' | 'articleState' | 'isArticleWhole'>;
  search(request: SearchRequest, run?: SearchRun): Promise<SearchResult>;
  related(request: RelatedRequest, signal?: AbortSignal): Promise<RelatedResult>;
}

/**
 * An archive as somebody sees it who may see some of its articles only: the others do not exist. Whatever a front door
 * gives of the archive goes through here.
 */
export class VisibleArchive {
  readonly #archive: ReadableArchive;
  readonly #allowed: SearchFilter | null;

  /** @param allowed  Null: everything is seen. */
  constructor(archive: ReadableArchive, allowed: SearchFilter | null) {
    this.#archive = archive;
    this.#allowed = allowed;
  }

  search(request: SearchRequest, run: SearchRun): Promise<SearchResult> {
    return this.#archive.search(this.#narrow(request), run);
  }

  /** @throws PASSAGE_NOT_FOUND (caller), also for a passage that is not seen */
  related(request: RelatedRequest, signal: AbortSignal): Promise<RelatedResult> {
    return this.#archive.related(this.#narrow(request), signal);
  }

  /**
   * @returns Null for an article that there is not, and for one that is not seen
   * @throws STORE_UNUSABLE (operator) when it is damaged
   */
  async article(id: ArticleId): Promise<StoredArticle | null> {
    const article = await wholeArticle(this.#archive.store, id);
    if (article === null || this.#allowed === null) return article;
    return matchesFilter(this.#allowed, article) ? article : null;
  }

  /** Those that are seen. See ArticleStoreReader. */
  articles(options: ArticlesOptions): Promise<ArticleSummary[]> {
    const { filter, ...rest } = options;
    const both = this.#narrowFilter(filter);
    return this.#archive.store.articles(both === undefined ? rest : { ...rest, filter: both });
  }

  #narrow<Request extends { readonly filters?: SearchFilter }>(request: Request): Request {
    const filters = this.#narrowFilter(request.filters);
    return filters === undefined ? request : { ...request, filters };
  }

  #narrowFilter(filter: SearchFilter | undefined): SearchFilter | undefined {
    if (this.#allowed === null) return filter;
    return filter === undefined ? this.#allowed : { type: 'and', filters: [this.#allowed, filter] };
  }
}
