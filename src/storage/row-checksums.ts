import { createHash } from 'node:crypto';
import type { SqliteConnection } from './sqlite-connection.js';

/** Bytes of a checksum: one altered row in 2⁶⁴ goes unnoticed. */
const SUM_BYTES = 8;

type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * Checksum of values in their order: the first bytes of the SHA-256 of each one's kind, length and content.
 * Cost: 2 to 4 µs for the vectors of a passage.
 */
export function checksumOf(...values: readonly SqlValue[]): Buffer {
  const hash = createHash('sha256');
  for (const value of values) {
    if (value === null) hash.update('-');
    else if (typeof value === 'string') hash.update(`t${Buffer.byteLength(value)}:${value}`);
    else if (value instanceof Uint8Array) hash.update(`b${value.byteLength}:`).update(value);
    else hash.update(`n${value};`);
  }
  return hash.digest().subarray(0, SUM_BYTES);
}

/** Makes `checksum_of(…)` known to SQL on a connection: whatever computes or compares checksums there needs it. */
export function registerChecksums(connection: SqliteConnection): void {
  connection.function('checksum_of', { deterministic: true, varargs: true }, (...values: unknown[]) =>
    checksumOf(...(values as SqlValue[])),
  );
}

// What each checksum is of. Rows of an archive live for years: what stands here may not change without a migration.

/** Of a row of `passages p`. */
export const TEXT_SUM = `checksum_of(p.id, p.article, p.ordinal, p.language, p.spans, p.sentence_count, p.text)`;
/** Of a row of `passage_vectors v`; `areVectorsWhole` is about the same. */
export const VECTOR_SUM = `checksum_of(v.embedding, v.sentence_vectors, v.title_vector)`;
/** Of a row of `articles a`. */
export const ARTICLE_SUM = `checksum_of(a.id, a.title, a.url, a.language, a.published_at, a.published_ms, a.tags, a.source,
  a.origin_file, a.origin_line, a.content_hash, a.dropped, a.updated_at)`;

/** Whether the vectors of a row are those that were stored. @param sum  Null when it is missing: then they are not known to be */
export function areVectorsWhole(
  sum: Uint8Array | null,
  ...vectors: readonly [embedding: Uint8Array, sentences: Uint8Array | null, title: Uint8Array | null]
): boolean {
  return sum !== null && checksumOf(...vectors).equals(sum);
}

/** SQL that writes the checksums of one passage (a label), and of one article (its number). */
export const PUT_PASSAGE_SUMS = `
  INSERT OR REPLACE INTO passage_checksums (label, text_sum, vector_sum)
  SELECT p.label, ${TEXT_SUM}, ${VECTOR_SUM} FROM passages p JOIN passage_vectors v ON v.label = p.label
   WHERE p.label = ?`;
export const PUT_ARTICLE_SUM = `
  INSERT OR REPLACE INTO article_checksums (number, sum)
  SELECT a.number, ${ARTICLE_SUM} FROM articles a WHERE a.number = ?`;
