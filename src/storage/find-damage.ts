import { hashPassageText } from '../text/hash-passage-text.js';
import { ARTICLE_SUM, TEXT_SUM, VECTOR_SUM } from './row-checksums.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { checkPassageRow, type VerifiedPassageRow } from './verify-passage-row.js';

/** What is not what was stored, by what can be done about it. */
export interface Damage {
  /** Articles whose texts are all what they were, so that everything else of their passages can be made again. */
  readonly remakable: readonly string[];
  /** Articles of which a text, or what stands in their own row, cannot be made again from what is stored. */
  readonly lost: ReadonlyArray<{ id: string; source: string }>;
}

interface PassageState extends VerifiedPassageRow {
  readonly article_id: string;
  readonly source: string;
  readonly text_is_whole: 0 | 1;
  readonly vectors_are_whole: 0 | 1;
  readonly is_consistent: 0 | 1;
}

/**
 * Looks at every article and passage with their checksums. A text that is not what its checksum says is lost, unless the
 * id of its passage says that it is right: then it is the checksum, or what else of the row can be made again.
 * Cost: reads all texts and vectors; about 20 µs a passage. Blocks its thread. The connection knows `checksum_of`.
 */
export function findDamage(connection: SqliteConnection): Damage {
  const lost = new Map<string, { id: string; source: string }>();
  const remakable = new Set<string>();
  const articles = connection.prepare<[], { id: string; source: string }>(
    `SELECT a.id, a.source FROM articles a LEFT JOIN article_checksums c ON c.number = a.number
      WHERE c.sum IS NOT ${ARTICLE_SUM}`,
  );
  for (const article of articles.iterate()) lost.set(article.id, article);
  const passages = connection.prepare<[], PassageState>(
    `SELECT p.label, p.id, p.text, p.spans, p.sentence_count, f.dimensions, a.title,
            coalesce(v.embedding, x'') AS embedding, v.sentence_vectors, v.title_vector,
            a.id AS article_id, a.source,
            c.text_sum IS ${TEXT_SUM} AS text_is_whole,
            c.vector_sum IS ${VECTOR_SUM} AND v.label IS NOT NULL AS vectors_are_whole,
            p.language IS v.language AND p.fingerprint IS v.fingerprint AS is_consistent
       FROM passages p JOIN articles a ON a.number = p.article JOIN fingerprints f ON f.number = p.fingerprint
            LEFT JOIN passage_vectors v ON v.label = p.label LEFT JOIN passage_checksums c ON c.label = p.label`,
  );
  for (const row of passages.iterate()) {
    if (row.text_is_whole === 0 && !isTextOfId(row)) {
      lost.set(row.article_id, { id: row.article_id, source: row.source });
    } else if (!isPassageWhole(row)) {
      remakable.add(row.article_id);
    }
  }
  return { lost: [...lost.values()], remakable: [...remakable].filter((id) => !lost.has(id)) };
}

function isPassageWhole(row: PassageState): boolean {
  const sumsFit = row.text_is_whole === 1 && row.vectors_are_whole === 1 && row.is_consistent === 1;
  return sumsFit && checkPassageRow(row).problems.length === 0;
}

function isTextOfId({ id, article_id: article, text }: PassageState): boolean {
  const base = `${article}:${hashPassageText(text)}`;
  return id === base || /^-\d+$/.test(id.startsWith(base) ? id.slice(base.length) : '');
}
