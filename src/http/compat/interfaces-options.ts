import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ArticleId } from '../../domain/article.js';
import type { Centring } from '../../embedding/centring.js';
import type { Embedder } from '../../embedding/embedder.js';
import type { SearchResult } from '../../search/search-passages.js';
import type { SearchRequest } from '../../search/search-request.js';
import type { StoredArticle } from '../../storage/article-store.js';
import type { InterfaceName } from './interface-names.js';

/** The model that embeds, and what callers may call it. */
export interface EmbeddingModel {
  readonly embedder: Embedder;
  readonly centring: Centring;
  /** As its card calls it. */
  readonly name: string;
}

/** The archive as the caller of one request may see it. */
export interface SeenArchive {
  /** @param signal  Stops it, as does the caller's going away. */
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchResult>;
  /** Null when there is none, or none that the caller may see. */
  article(id: ArticleId): Promise<StoredArticle | null>;
}

/** What the contracts of other software need of the rest, besides what the HTTP front door needs anyway. */
export interface InterfacesOptions {
  readonly enabled: ReadonlySet<InterfaceName>;
  /** @throws NOT_READY (operator) */
  readonly embeddingModel: () => EmbeddingModel;
  /** What the model may be called, too. */
  readonly modelAliases: readonly string[];
  /** Answers one POST of MCP's Streamable HTTP, body and all. */
  readonly mcp: (req: IncomingMessage, res: ServerResponse, archive: SeenArchive) => Promise<void>;
}
