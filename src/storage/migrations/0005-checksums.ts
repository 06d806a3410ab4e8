import { ARTICLE_SUM, TEXT_SUM, VECTOR_SUM } from '../row-checksums.js';

/**
 * A checksum for each article, and two for each passage, one of its text and one of its vectors: what of them is not
 * what was stored any more is found (row-checksums.ts). In tables of their own, because a column added to rows with
 * vectors would write all of them anew. What is damaged already when this is run cannot be told from what is not.
 * Whoever runs this brings the function `checksum_of`.
 */
export const CHECKSUMS = `
  CREATE TABLE article_checksums (
    number INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    sum BLOB NOT NULL
  ) STRICT;
  CREATE TABLE passage_checksums (
    label INTEGER PRIMARY KEY REFERENCES passages (label) ON DELETE CASCADE,
    text_sum BLOB NOT NULL,
    vector_sum BLOB NOT NULL
  ) STRICT;
  INSERT INTO article_checksums (number, sum) SELECT a.number, ${ARTICLE_SUM} FROM articles a;
  INSERT INTO passage_checksums (label, text_sum, vector_sum)
    SELECT p.label, ${TEXT_SUM}, ${VECTOR_SUM} FROM passages p JOIN passage_vectors v ON v.label = p.label;
`;
