import type { CleanArticle } from '../domain/article.js';
import type { Passage } from '../domain/passage.js';
import type {
  ArticleState,
  EmbeddedPassage,
  PassageRecord,
  SentenceVectors,
  StoredArticleInput,
} from './article-store.js';
import { quantiseSentences } from './sentence-vectors.js';

/** A passage as the in-memory store has it. */
export interface KeptPassage {
  readonly label: number;
  readonly passage: Passage;
  readonly fingerprint: string;
  readonly embedding: Float32Array;
  readonly sentences: SentenceVectors | null;
}

/** An article as the in-memory store has it. */
export interface KeptArticle {
  readonly number: number;
  readonly input: Omit<StoredArticleInput, 'passages'>;
  readonly updatedAt: string;
  readonly passages: readonly KeptPassage[];
}

export function keepPassage(label: number, embedded: EmbeddedPassage, fingerprint: string): KeptPassage {
  const { passage, embedding, sentenceEmbeddings } = embedded;
  return { label, passage, fingerprint, embedding, sentences: quantiseSentences(sentenceEmbeddings) };
}

export function headingOf({ id, title, url, language, publishedAt, tags }: CleanArticle) {
  return { id, title, url: url ?? null, language, publishedAt: publishedAt ?? null, tags: [...tags] };
}

export function recordOf({ label, passage }: KeptPassage, kept: KeptArticle | undefined): PassageRecord {
  const article = kept?.input.article;
  return {
    label,
    passage: structuredClone(passage),
    title: article?.title ?? '',
    url: article?.url ?? null,
    publishedAt: article?.publishedAt ?? null,
    tags: [...(article?.tags ?? [])],
    source: kept?.input.source ?? '',
  };
}

export function stateOf({ input, updatedAt }: KeptArticle): ArticleState {
  const { article, source, contentHash, fingerprint } = input;
  return { id: article.id, source, contentHash, originFile: article.origin.file, updatedAt, fingerprint };
}

/** The order of SQLite: bytes of UTF-8, where JavaScript compares UTF-16. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
