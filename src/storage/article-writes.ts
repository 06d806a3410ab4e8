import type { ArticleId } from '../domain/article.js';
import type { Embedding } from '../domain/embedding.js';
import { FihristError } from '../domain/errors.js';
import { asPassageId } from '../domain/passage.js';
import type { EmbeddedPassage, KnownEmbeddings, StoreChange, StoredArticleInput } from './article-store.js';
import { publishedMs } from './matches-filter.js';
import { type KnownPassage, planReplacement } from './plan-replacement.js';
import { PUT_ARTICLE_SUM, PUT_PASSAGE_SUMS, TEXT_SUM, VECTOR_SUM } from './row-checksums.js';
import { dequantiseSentences, quantiseSentences } from './sentence-vectors.js';
import { jsonToSpans, spansToJson } from './span-list.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { blobToEmbedding, blobToSentences, embeddingToBlob, sentencesToBlob } from './vector-blobs.js';
import { prepareWordsWrite } from './write-words.js';

export type ArticleWrites = ReturnType<typeof prepareArticleWrites>;

/**
 * The writes of the store as SQL, each to be called in a transaction. Synchronous: belongs in a thread of its own, since
 * every commit waits for the disk.
 */
export function prepareArticleWrites(connection: SqliteConnection) {
  const statements = prepareStatements(connection);
  const writeWords = prepareWordsWrite(connection);

  /** `dimensions` 0: the article has no vector, so nothing is learnt or checked. */
  function fingerprintNumber(fingerprint: string, dimensions: number): number {
    const row = statements.fingerprint.get(fingerprint);
    if (row === undefined)
      return Number(statements.addFingerprint.run(fingerprint, dimensions).lastInsertRowid);
    if (row.dimensions === 0) statements.setDimensions.run(dimensions, row.number);
    else if (dimensions !== 0 && row.dimensions !== dimensions) {
      throw new FihristError(
        'VECTOR_DIMENSION_MISMATCH',
        `The vectors have ${dimensions} numbers; those of fingerprint ${fingerprint} have ${row.dimensions}.`,
        { details: { fingerprint, dimensions, expected: row.dimensions } },
      );
    }
    return row.number;
  }

  function writeArticleRow(input: StoredArticleInput, fingerprint: number): number {
    const { article } = input;
    const row = statements.putArticle.get({
      id: article.id,
      title: article.title,
      url: article.url ?? null,
      language: article.language,
      publishedAt: article.publishedAt ?? null,
      publishedMs: publishedMs(article.publishedAt ?? null),
      tags: JSON.stringify(article.tags),
      source: input.source,
      originFile: article.origin.file,
      originLine: article.origin.line ?? null,
      contentHash: input.contentHash,
      fingerprint,
      dropped: JSON.stringify(article.dropped),
      updatedAt: input.updatedAt ?? new Date().toISOString(),
    });
    return Number(row?.number);
  }

  function addPassage(embedded: EmbeddedPassage, article: number, fingerprint: number, title: Title): number {
    const { passage, embedding } = embedded;
    const { lastInsertRowid } = statements.addPassage.run({
      id: passage.id,
      article,
      ordinal: passage.ordinal,
      text: passage.text,
      language: passage.language,
      spans: spansToJson(passage.sentences),
      sentenceCount: passage.sentences.length,
      fingerprint,
    });
    const label = Number(lastInsertRowid);
    statements.addVectors.run(
      label,
      fingerprint,
      passage.language,
      embeddingToBlob(embedding),
      sentenceBlob(embedded),
      title,
    );
    return label;
  }

  /** The text stayed, so its vector stays; its cut into sentences may have changed with the rules. */
  function keepPassage(label: number, embedded: EmbeddedPassage, title: Title): void {
    const { passage } = embedded;
    const spans = spansToJson(passage.sentences);
    if (statements.spans.pluck().get(label) !== spans) {
      statements.setSentences.run(sentenceBlob(embedded), label);
    }
    statements.keepVectors.run({ label, language: passage.language, title });
    statements.keepPassage.run(passage.ordinal, passage.language, spans, passage.sentences.length, label);
  }

  return {
    /** See ArticleStoreReader. */
    generation(): number {
      return Number(statements.generation.get());
    },

    /** See ArticleStoreWriter. */
    knownEmbeddings(
      articleId: ArticleId,
      fingerprint: string,
      texts: readonly string[],
    ): Array<KnownEmbeddings | null> {
      const wanted = new Set(texts);
      const found = new Map<string, KnownEmbeddings>();
      for (const row of statements.knownVectors.all(articleId, fingerprint)) {
        if (!wanted.has(row.text) || found.has(row.text)) continue;
        const embedding = blobToEmbedding(row.embedding);
        const sentences =
          row.sentence_vectors === null ? null : blobToSentences(row.sentence_vectors, embedding.length);
        found.set(row.text, {
          embedding,
          sentenceEmbeddings: dequantiseSentences(sentences),
          sentences: jsonToSpans(row.spans),
        });
      }
      return texts.map((text) => found.get(text) ?? null);
    },

    /** See ArticleStoreWriter. */
    knownTitleEmbedding(articleId: ArticleId, fingerprint: string, title: string): Embedding | null {
      const row = statements.knownTitle.get(articleId, title, fingerprint);
      if (row === undefined || row.title_vector === null) return null;
      return dequantiseSentences(blobToSentences(row.title_vector, row.dimensions))[0] ?? null;
    },

    /** See ArticleStoreWriter. `dimensions` is 0 for an article without passages. */
    putArticle(input: StoredArticleInput, dimensions: number): StoreChange {
      const fingerprint = fingerprintNumber(input.fingerprint, dimensions);
      const plan = planReplacement(statements.knownPassages.all(input.article.id), input);
      const titleBefore = statements.title.get(input.article.id);
      const article = writeArticleRow(input, fingerprint);
      const title = titleBlob(input);
      for (const label of plan.removed) statements.removePassage.run(label);
      for (const { label, embedded } of plan.kept) keepPassage(label, embedded, title);
      const words = { title: input.article.title, fingerprint };
      statements.putArticleSum.run(article);
      for (const { label } of plan.kept) statements.putPassageSums.run(label);
      if (titleBefore !== words.title) {
        for (const { label, embedded } of plan.kept) {
          writeWords({ ...words, label, text: embedded.passage.text });
        }
      }
      const added = plan.added.map((embedded) => {
        const label = addPassage(embedded, article, fingerprint, title);
        statements.putPassageSums.run(label);
        writeWords({ ...words, label, text: embedded.passage.text });
        return { label, passageId: asPassageId(embedded.passage.id) };
      });
      statements.raiseGeneration.run();
      return { added, removed: plan.removed };
    },

    /** See ArticleStoreWriter. */
    removeArticles(ids: readonly ArticleId[], ofSource?: string): StoreChange {
      const removed: number[] = [];
      let articles = 0;
      for (const id of ids) {
        if (ofSource !== undefined && statements.source.get(id) !== ofSource) continue;
        removed.push(...statements.knownPassages.all(id).map((passage) => passage.label));
        articles += statements.removeArticle.run(id).changes;
      }
      if (articles > 0) statements.raiseGeneration.run();
      return { added: [], removed: removed.sort((a, b) => a - b) };
    },
  };
}

type Title = Uint8Array | null;

function titleBlob({ titleEmbedding }: StoredArticleInput): Title {
  const title = titleEmbedding === null ? null : quantiseSentences([titleEmbedding]);
  return title === null ? null : sentencesToBlob(title);
}

function sentenceBlob({ sentenceEmbeddings }: EmbeddedPassage): Uint8Array | null {
  const sentences = quantiseSentences(sentenceEmbeddings);
  return sentences === null ? null : sentencesToBlob(sentences);
}

function prepareStatements(connection: SqliteConnection) {
  return {
    generation: connection.prepare('SELECT generation FROM store_state').pluck(),
    raiseGeneration: connection.prepare('UPDATE store_state SET generation = generation + 1'),
    fingerprint: connection.prepare<[string], { number: number; dimensions: number }>(
      'SELECT number, dimensions FROM fingerprints WHERE fingerprint = ?',
    ),
    addFingerprint: connection.prepare('INSERT INTO fingerprints (fingerprint, dimensions) VALUES (?, ?)'),
    setDimensions: connection.prepare('UPDATE fingerprints SET dimensions = ? WHERE number = ?'),
    knownPassages: connection.prepare<[string], KnownPassage>(
      `SELECT p.label, p.id, p.text, f.fingerprint,
              coalesce(c.text_sum = ${TEXT_SUM} AND c.vector_sum = ${VECTOR_SUM}, 0) AS isWhole
         FROM articles a JOIN passages p ON p.article = a.number JOIN fingerprints f ON f.number = p.fingerprint
              LEFT JOIN passage_vectors v ON v.label = p.label LEFT JOIN passage_checksums c ON c.label = p.label
        WHERE a.id = ?`,
    ),
    knownVectors: connection.prepare<
      [string, string],
      { text: string; spans: string; embedding: Uint8Array; sentence_vectors: Uint8Array | null }
    >(
      `SELECT p.text, p.spans, v.embedding, v.sentence_vectors
         FROM articles a JOIN passages p ON p.article = a.number JOIN passage_vectors v ON v.label = p.label
                         JOIN passage_checksums c ON c.label = p.label
        WHERE a.id = ? AND c.text_sum = ${TEXT_SUM} AND c.vector_sum = ${VECTOR_SUM}
          AND p.fingerprint = (SELECT number FROM fingerprints WHERE fingerprint = ?)
        ORDER BY p.ordinal`,
    ),
    knownTitle: connection.prepare<
      [string, string, string],
      { title_vector: Uint8Array | null; dimensions: number }
    >(
      `SELECT v.title_vector, f.dimensions
         FROM articles a JOIN passages p ON p.article = a.number JOIN passage_vectors v ON v.label = p.label
                         JOIN fingerprints f ON f.number = p.fingerprint
                         JOIN passage_checksums c ON c.label = p.label
        WHERE a.id = ? AND a.title = ? AND f.fingerprint = ? AND c.vector_sum = ${VECTOR_SUM} LIMIT 1`,
    ),
    putArticle: connection.prepare<Record<string, unknown>, { number: number }>(
      `INSERT INTO articles (id, title, url, language, published_at, published_ms, tags, source,
                             origin_file, origin_line, content_hash, fingerprint, dropped, updated_at)
       VALUES (@id, @title, @url, @language, @publishedAt, @publishedMs, @tags, @source,
               @originFile, @originLine, @contentHash, @fingerprint, @dropped, @updatedAt)
       ON CONFLICT (id) DO UPDATE SET
         title = @title, url = @url, language = @language, published_at = @publishedAt,
         published_ms = @publishedMs, tags = @tags, source = @source, origin_file = @originFile, origin_line = @originLine, content_hash = @contentHash,
         fingerprint = @fingerprint, dropped = @dropped, updated_at = @updatedAt
       RETURNING number`,
    ),
    title: connection.prepare('SELECT title FROM articles WHERE id = ?').pluck(),
    source: connection.prepare('SELECT source FROM articles WHERE id = ?').pluck(),
    removeArticle: connection.prepare('DELETE FROM articles WHERE id = ?'),
    removePassage: connection.prepare('DELETE FROM passages WHERE label = ?'),
    addPassage: connection.prepare(
      `INSERT INTO passages (id, article, ordinal, text, language, spans, sentence_count, fingerprint)
       VALUES (@id, @article, @ordinal, @text, @language, @spans, @sentenceCount, @fingerprint)`,
    ),
    addVectors: connection.prepare(
      `INSERT INTO passage_vectors (label, fingerprint, language, embedding, sentence_vectors, title_vector)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    spans: connection.prepare('SELECT spans FROM passages WHERE label = ?'),
    setSentences: connection.prepare('UPDATE passage_vectors SET sentence_vectors = ? WHERE label = ?'),
    keepVectors: connection.prepare(
      `UPDATE passage_vectors SET language = @language, title_vector = @title
        WHERE label = @label AND (language <> @language OR title_vector IS NOT @title)`,
    ),
    putPassageSums: connection.prepare(PUT_PASSAGE_SUMS),
    putArticleSum: connection.prepare(PUT_ARTICLE_SUM),
    keepPassage: connection.prepare(
      'UPDATE passages SET ordinal = ?, language = ?, spans = ?, sentence_count = ? WHERE label = ?',
    ),
  };
}
