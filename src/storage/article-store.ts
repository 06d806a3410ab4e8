import type { ArticleId, ArticleOrigin, CleanArticle, DroppedBlock } from '../domain/article.js';
import type { Embedding } from '../domain/embedding.js';
import type { Language } from '../domain/language.js';
import type { Passage, PassageId, TextSpan } from '../domain/passage.js';
import type { SearchFilter } from '../domain/search-filter.js';
import type { PassageTerms } from '../text/passage-terms.js';
import type { LexicalIndexReader } from './lexical-index.js';
import type { TaskLedger, TaskResult } from './task-ledger.js';

/** A passage with what the models made of it, as it is kept. Vectors are raw: centring happens when they are used. */
export interface EmbeddedPassage {
  readonly passage: Passage;
  readonly embedding: Embedding;
  /** One a sentence, in the order of `passage.sentences`; empty when the passage is one sentence. */
  readonly sentenceEmbeddings: readonly Embedding[];
}

/** The vectors that a passage's text has in the store, with the sentences they were made of. */
export interface KnownEmbeddings extends Omit<EmbeddedPassage, 'passage'> {
  readonly sentences: readonly TextSpan[];
}

/** An article on its way into the store. */
export interface StoredArticleInput {
  readonly article: CleanArticle;
  /** Which collection it belongs to ("corpus" or the path it was ingested from); a collection is replaced as a whole. */
  readonly source: string;
  /** Hash of the raw article and of the rules that cut it: unchanged hash, unchanged passages. */
  readonly contentHash: string;
  readonly passages: readonly EmbeddedPassage[];
  /** Null when the article has no title. */
  readonly titleEmbedding: Embedding | null;
  /** Fingerprint of the embedder that made the vectors. */
  readonly fingerprint: string;
  /** Of the task that writes it: kept in one transaction with the article. */
  readonly taskResult?: TaskResult | undefined;
  /** When the article itself was changed, where that was before (ISO 8601, UTC). Default: now. */
  readonly updatedAt?: string;
}

/** An article as the store gives it back. */
export interface StoredArticle {
  readonly id: ArticleId;
  readonly title: string;
  readonly url: string | null;
  readonly language: Language;
  readonly publishedAt: string | null;
  readonly tags: readonly string[];
  readonly source: string;
  readonly origin: ArticleOrigin;
  readonly passages: readonly Passage[];
  readonly dropped: readonly DroppedBlock[];
  readonly updatedAt: string;
}

/** What a later run must know of an article to skip it. */
export interface ArticleState {
  readonly id: ArticleId;
  readonly source: string;
  readonly contentHash: string;
  readonly originFile: string;
  /** When it was changed. Being embedded again is no change. */
  readonly updatedAt: string;
  /** Fingerprint of its vectors. */
  readonly fingerprint: string;
}

/** An article without its passages, as lists show it. */
export interface ArticleSummary {
  readonly id: ArticleId;
  readonly title: string;
  readonly url: string | null;
  readonly language: Language;
  readonly publishedAt: string | null;
  readonly tags: readonly string[];
  readonly source: string;
  readonly updatedAt: string;
  /** How many it has. */
  readonly passages: number;
}

/** Which articles are asked for. */
export interface ArticlesOptions {
  /** Begins behind this id, whether or not there still is an article of this id. Unset: at the first. */
  readonly after?: ArticleId;
  readonly limit: number;
  /** Of the article as a whole. Unset: both. */
  readonly language?: Language;
  /** Unset: all. */
  readonly filter?: SearchFilter;
}

/** What a search shows of a passage: the passage with its article's heading data. */
export interface PassageRecord
  extends Pick<StoredArticle, 'title' | 'url' | 'publishedAt' | 'tags' | 'source'> {
  /** Number that the vector index knows it by. Never reused. */
  readonly label: number;
  readonly passage: Passage;
}

/** A passage with its raw vector: what a search by passage, not by question, starts from. */
export interface PassageVector extends PassageRecord {
  readonly embedding: Embedding;
  /** Passages of its article, itself among them. */
  readonly articlePassages: number;
}

/**
 * Vectors of one passage's sentences, or of one title, shape [count × dimensions], 8 bits with one scale a vector:
 * value = code × scale. Row i belongs to sentence i; a title has one row.
 */
export interface SentenceVectors {
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

export interface ArticleStatesOptions {
  /** Fingerprint: only articles that another model embedded. Unset: all. */
  readonly otherThan?: string;
}

/** Which passages are asked for. */
export interface LabelsOptions {
  /** Of their vectors. */
  readonly fingerprint: string;
  /** Unset: all. */
  readonly languages?: readonly Language[];
  /** On their articles. Unset: all. */
  readonly filter?: SearchFilter;
}

/** What a candidate is ranked by. */
export interface RankingRow {
  readonly label: number;
  /** The same for all passages of an article, and for no others; means nothing outside of one generation. */
  readonly articleNumber: number;
  readonly language: Language;
  /** Of the passage as a whole: one row. */
  readonly passage: SentenceVectors;
  /** Null when the passage is one sentence. */
  readonly sentences: SentenceVectors | null;
  /** Of the passage's article; null when that has no title. */
  readonly title: SentenceVectors | null;
  /** Words of the passage and of its article's title. */
  readonly terms: PassageTerms;
}

export interface StoreStats {
  readonly articles: number;
  readonly passages: number;
  readonly sentences: number;
  readonly passagesByLanguage: Readonly<Record<Language, number>>;
  readonly sizeBytes: number;
  readonly schemaVersion: number;
  /** Rises with every change of what can be found. */
  readonly generation: number;
}

/** A time for which a store was opened for writing. */
export interface StoreOpening {
  /** Given to no other one, of this store or any. */
  readonly id: string;
  /** The highest label that the store had ever given when it began. */
  readonly labelsBefore: number;
}

/** Searching cannot mutate. Every method answers from one consistent state of committed data. */
export interface ArticleStoreReader extends LexicalIndexReader {
  article(id: ArticleId): Promise<StoredArticle | null>;
  /** By rising id, compared byte by byte in UTF-8. Pages fit together whatever is written in between. */
  articles(options: ArticlesOptions): Promise<ArticleSummary[]>;
  articleState(id: ArticleId): Promise<ArticleState | null>;
  /** Whether the texts of an article, and what it is headed by, are what was stored; false when there is no article. */
  isArticleWhole(id: ArticleId): Promise<boolean>;
  /** By rising id. */
  articleStates(options?: ArticleStatesOptions): Promise<ArticleState[]>;
  /** Labels of the passages that are asked for, rising. */
  labels(options: LabelsOptions): Promise<Uint32Array>;
  /** Vectors for ranking, in the order of `labels`; labels that are gone are left out. */
  rankingRows(labels: readonly number[]): Promise<RankingRow[]>;
  /** What is shown, in the order of `labels`; labels that are gone are left out. */
  passageRecords(labels: readonly number[]): Promise<PassageRecord[]>;
  /** Null when no passage has this id, or its vector is of another model. */
  passageVector(id: PassageId, options: { fingerprint: string }): Promise<PassageVector | null>;
  /** Raw passage vectors for (re)building an index, in batches, by rising label. */
  embeddings(options: {
    fingerprint: string;
    after?: number;
    limit: number;
  }): Promise<Array<{ label: number; language: Language; embedding: Embedding }>>;
  generation(): Promise<number>;
  /** The last 1,000 of them, the oldest first: who may have given which label. */
  openings(): Promise<StoreOpening[]>;
  stats(): Promise<StoreStats>;
  /** Frees what is kept in memory to be faster; it is read again when it is asked for. */
  forget(): void;
}

/** What a write changed in terms of the vector index. */
export interface StoreChange {
  readonly added: ReadonlyArray<{ label: number; passageId: PassageId }>;
  readonly removed: readonly number[];
}

/** What was found not to be what was stored, and what became of it. */
export interface StoreMending {
  /** What is wrong with the store's files as such, a line each. */
  readonly ofFile: readonly string[];
  /** Passages whose words were not what their texts give, and were made anew. */
  readonly wordsMended: number;
  /** Articles of which something else is damaged that follows from their texts: to be made again by whoever has a model. */
  readonly toRemake: readonly ArticleId[];
  /** Articles of which a text, or what they are headed by, is lost. */
  readonly lost: readonly ArticleId[];
}

/** Resolves when the change is on disk (fsync). A change is whole or not there at all. */
export interface ArticleStoreWriter {
  /**
   * The embedded passages that the store already has for these texts under this fingerprint (of the same article),
   * so that only new text is embedded. Order of `texts`; null where there is none.
   */
  knownEmbeddings(
    articleId: ArticleId,
    fingerprint: string,
    texts: readonly string[],
  ): Promise<Array<KnownEmbeddings | null>>;
  /** The vector of an article's title, if the article is there with this title and fingerprint. */
  knownTitleEmbedding(articleId: ArticleId, fingerprint: string, title: string): Promise<Embedding | null>;
  /** Adds an article or replaces the one of the same id; passages whose id stays keep their label. */
  putArticle(input: StoredArticleInput): Promise<StoreChange>;
  /**
   * Removes articles; unknown ids are ignored.
   * @param options.ofSource  Those that are of another collection by now stay.
   */
  removeArticles(ids: readonly ArticleId[], options?: { readonly ofSource?: string }): Promise<StoreChange>;
  /**
   * Looks whether everything is what was stored, and makes anew what it can without a model. Takes as long as it takes,
   * beside everything else; fails with an AbortError when the store is closed meanwhile.
   */
  mend(): Promise<StoreMending>;
  /** How far tasks are, which is kept with the articles. */
  readonly tasks: TaskLedger;
  close(): Promise<void>;
}

export type ArticleStore = ArticleStoreReader & ArticleStoreWriter;
