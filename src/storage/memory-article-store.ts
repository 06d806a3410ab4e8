import { randomUUID } from 'node:crypto';
import type { ArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';
import type { PassageId } from '../domain/passage.js';
import type { SearchFilter } from '../domain/search-filter.js';
import { passageTerms } from '../text/passage-terms.js';
import type {
  ArticleState,
  ArticleStatesOptions,
  ArticleStore,
  ArticleSummary,
  ArticlesOptions,
  LabelsOptions,
  PassageRecord,
  PassageVector,
  RankingRow,
  StoreChange,
  StoredArticle,
  StoredArticleInput,
  StoreMending,
  StoreOpening,
  StoreStats,
} from './article-store.js';
import { checkArticleInput } from './check-article-input.js';
import type { LexicalQuery, LexicalSearchOptions } from './lexical-index.js';
import { matchesFilter } from './matches-filter.js';
import {
  byBytes,
  headingOf,
  type KeptArticle,
  type KeptPassage,
  keepPassage,
  recordOf,
  stateOf,
} from './memory-kept-article.js';
import { findByWordsIn, lexicalStatisticsOf, type TitledText } from './memory-lexical-index.js';
import { MemoryTaskLedger } from './memory-task-ledger.js';
import { planReplacement } from './plan-replacement.js';
import { dequantiseSentences, quantiseSentences, quantiseVector } from './sentence-vectors.js';

/** A store that lasts as long as the process: for tests, and the second adapter of the port. */
export function openMemoryArticleStore(): ArticleStore {
  return new MemoryArticleStore();
}

class MemoryArticleStore implements ArticleStore {
  readonly #articles = new Map<ArticleId, KeptArticle>();
  readonly #byLabel = new Map<number, { kept: KeptPassage; articleId: ArticleId }>();
  readonly #dimensions = new Map<string, number>();
  #nextLabel = 1;
  #nextArticleNumber = 1;
  readonly #opening = randomUUID();
  #generation = 0;
  readonly tasks = new MemoryTaskLedger();

  async article(id: ArticleId): Promise<StoredArticle | null> {
    const found = this.#articles.get(id);
    if (found === undefined) return null;
    const { article, source } = found.input;
    return structuredClone({
      ...headingOf(article),
      source,
      origin: article.origin,
      passages: found.passages.map(({ passage }) => passage).sort((a, b) => a.ordinal - b.ordinal),
      dropped: article.dropped,
      updatedAt: found.updatedAt,
    });
  }

  async articles({ after, limit, language, filter }: ArticlesOptions): Promise<ArticleSummary[]> {
    return this.#matching(filter)
      .map(({ input: { article, source }, updatedAt, passages }) => ({
        ...headingOf(article),
        source,
        updatedAt,
        passages: passages.length,
      }))
      .filter((article) => language === undefined || article.language === language)
      .filter(({ id }) => after === undefined || byBytes(id, after) > 0)
      .sort((a, b) => byBytes(a.id, b.id))
      .slice(0, limit);
  }

  async articleState(id: ArticleId): Promise<ArticleState | null> {
    const found = this.#articles.get(id);
    return found === undefined ? null : stateOf(found);
  }

  async isArticleWhole(id: ArticleId): Promise<boolean> {
    return this.#articles.has(id);
  }

  async articleStates({ otherThan }: ArticleStatesOptions = {}): Promise<ArticleState[]> {
    return [...this.#articles.values()]
      .map(stateOf)
      .filter(({ fingerprint }) => fingerprint !== otherThan)
      .sort((a, b) => byBytes(a.id, b.id));
  }

  async labels({ fingerprint, languages, filter }: LabelsOptions): Promise<Uint32Array> {
    const ids = new Set(this.#matching(filter).map(({ input }) => input.article.id));
    const matching = this.#ofFingerprint(fingerprint).filter(
      ({ passage }) =>
        ids.has(passage.articleId) && (languages === undefined || languages.includes(passage.language)),
    );
    return Uint32Array.from(matching, ({ label }) => label);
  }

  async rankingRows(labels: readonly number[]): Promise<RankingRow[]> {
    return this.#existing(labels).map(({ kept: { label, passage, embedding, sentences }, articleId }) => {
      const article = this.#articles.get(articleId);
      const titleEmbedding = article?.input.titleEmbedding ?? null;
      return {
        label,
        articleNumber: article?.number ?? 0,
        language: passage.language,
        passage: quantiseVector(embedding),
        sentences: structuredClone(sentences),
        title: titleEmbedding === null ? null : quantiseSentences([titleEmbedding]),
        terms: passageTerms(passage.text, article?.input.article.title ?? ''),
      };
    });
  }

  async findByWords(query: LexicalQuery, options: LexicalSearchOptions) {
    return findByWordsIn(this.#titledTexts(options.fingerprint), query, options);
  }

  async lexicalStatistics(stems: readonly string[], options: { fingerprint: string }) {
    return lexicalStatisticsOf(this.#titledTexts(options.fingerprint), stems);
  }

  async passageRecords(labels: readonly number[]): Promise<PassageRecord[]> {
    return this.#existing(labels).map(({ kept, articleId }) => recordOf(kept, this.#articles.get(articleId)));
  }

  async passageVector(id: PassageId, options: { fingerprint: string }): Promise<PassageVector | null> {
    const kept = this.#ofFingerprint(options.fingerprint).find(({ passage }) => passage.id === id);
    if (kept === undefined) return null;
    const { articleId } = kept.passage;
    return {
      ...recordOf(kept, this.#articles.get(articleId)),
      embedding: kept.embedding.slice(),
      articlePassages: this.#articles.get(articleId)?.passages.length ?? 0,
    };
  }

  async embeddings(options: { fingerprint: string; after?: number; limit: number }) {
    const { fingerprint, after = -1, limit } = options;
    return this.#ofFingerprint(fingerprint)
      .filter(({ label }) => label > after)
      .slice(0, limit)
      .map(({ label, passage, embedding }) => ({
        label,
        language: passage.language,
        embedding: embedding.slice(),
      }));
  }

  async openings(): Promise<StoreOpening[]> {
    return [{ id: this.#opening, labelsBefore: 0 }];
  }

  async generation(): Promise<number> {
    return this.#generation;
  }

  async stats(): Promise<StoreStats> {
    const passages = [...this.#byLabel.values()].map(({ kept }) => kept);
    const count = (language: Language) =>
      passages.filter(({ passage }) => passage.language === language).length;
    return {
      articles: this.#articles.size,
      passages: passages.length,
      sentences: passages.reduce((sum, { passage }) => sum + passage.sentences.length, 0),
      passagesByLanguage: { ar: count('ar'), en: count('en') },
      sizeBytes: passages.reduce((sum, { embedding }) => sum + embedding.byteLength, 0),
      schemaVersion: 0,
      generation: this.#generation,
    };
  }

  async knownEmbeddings(articleId: ArticleId, fingerprint: string, texts: readonly string[]) {
    const passages = this.#articles.get(articleId)?.passages ?? [];
    return texts.map((text) => {
      const kept = passages.find((one) => one.fingerprint === fingerprint && one.passage.text === text);
      if (kept === undefined) return null;
      return {
        embedding: kept.embedding.slice(),
        sentenceEmbeddings: dequantiseSentences(kept.sentences),
        sentences: kept.passage.sentences,
      };
    });
  }

  async knownTitleEmbedding(articleId: ArticleId, fingerprint: string, title: string) {
    const input = this.#articles.get(articleId)?.input;
    if (input?.fingerprint !== fingerprint || input.article.title !== title) return null;
    return input.titleEmbedding?.slice() ?? null;
  }

  async putArticle(given: StoredArticleInput): Promise<StoreChange> {
    const dimensions = checkArticleInput(given);
    this.#checkDimensions(given.fingerprint, dimensions);
    const input = structuredClone(given);
    const { id } = input.article;
    const known = (this.#articles.get(id)?.passages ?? []).map(({ label, passage, fingerprint }) => ({
      label,
      id: passage.id,
      text: passage.text,
      fingerprint,
    }));
    const plan = planReplacement(known, input);
    const kept = plan.kept.map(({ label, embedded }) => keepPassage(label, embedded, input.fingerprint));
    const added = plan.added.map((embedded) => keepPassage(this.#nextLabel++, embedded, input.fingerprint));
    for (const label of plan.removed) this.#byLabel.delete(label);
    const passages = [...kept, ...added];
    for (const one of passages) this.#byLabel.set(one.label, { kept: one, articleId: id });
    const number = this.#articles.get(id)?.number ?? this.#nextArticleNumber++;
    const { updatedAt = new Date().toISOString() } = input;
    this.#articles.set(id, { number, input, updatedAt, passages });
    this.#generation += 1;
    if (input.taskResult !== undefined) this.tasks.note(input.taskResult);
    return {
      added: added.map(({ label, passage }) => ({ label, passageId: passage.id })),
      removed: plan.removed,
    };
  }

  async removeArticles(
    ids: readonly ArticleId[],
    { ofSource }: { ofSource?: string } = {},
  ): Promise<StoreChange> {
    const removed: number[] = [];
    let articles = 0;
    for (const id of ids) {
      const found = this.#articles.get(id);
      if (found === undefined || (ofSource !== undefined && found.input.source !== ofSource)) continue;
      articles += 1;
      removed.push(...found.passages.map(({ label }) => label));
      this.#articles.delete(id);
    }
    for (const label of removed) this.#byLabel.delete(label);
    if (articles > 0) this.#generation += 1;
    return { added: [], removed: removed.sort((a, b) => a - b) };
  }

  async mend(): Promise<StoreMending> {
    return { ofFile: [], wordsMended: 0, toRemake: [], lost: [] };
  }

  forget(): void {}

  async close(): Promise<void> {}

  #checkDimensions(fingerprint: string, dimensions: number): void {
    if (dimensions === 0) return;
    const expected = this.#dimensions.get(fingerprint) ?? dimensions;
    if (dimensions !== expected) {
      throw new FihristError(
        'VECTOR_DIMENSION_MISMATCH',
        `The vectors have ${dimensions} numbers; those of fingerprint ${fingerprint} have ${expected}.`,
        { details: { fingerprint, dimensions, expected } },
      );
    }
    this.#dimensions.set(fingerprint, dimensions);
  }

  #existing(labels: readonly number[]) {
    return labels.map((label) => this.#byLabel.get(label)).filter((found) => found !== undefined);
  }

  #matching(filter: SearchFilter | undefined): KeptArticle[] {
    return [...this.#articles.values()].filter(({ input: { article, source } }) => {
      const { id, tags, publishedAt = null, language } = article;
      return filter === undefined || matchesFilter(filter, { id, source, tags, publishedAt, language });
    });
  }

  #titledTexts(fingerprint: string): TitledText[] {
    return this.#ofFingerprint(fingerprint).map(({ label, passage }) => {
      const articleId = this.#byLabel.get(label)?.articleId;
      const article = articleId === undefined ? undefined : this.#articles.get(articleId)?.input.article;
      return { label, text: passage.text, title: article?.title ?? '' };
    });
  }

  #ofFingerprint(fingerprint: string): KeptPassage[] {
    return [...this.#byLabel.values()]
      .map(({ kept }) => kept)
      .filter((kept) => kept.fingerprint === fingerprint)
      .sort((a, b) => a.label - b.label);
  }
}
