import type { Centring } from '../embedding/centring.js';
import type { Embedder } from '../embedding/embedder.js';
import type { ArticleStore } from '../storage/article-store.js';
import type { VectorIndexWriter } from '../vector-index/vector-index.js';
import type { ArticleLocks } from './article-locks.js';
import type { ArticleRoom } from './article-room.js';

/** What changes an archive. */
export interface IngestDependencies {
  readonly embedder: Embedder;
  readonly centring: Centring;
  readonly store: ArticleStore;
  readonly index: VectorIndexWriter;
  /** The same for everyone who changes this store. */
  readonly locks: ArticleLocks;
  /** What of it is written at once; the same for everyone. Default: nobody waits for memory. */
  readonly room?: ArticleRoom;
}
