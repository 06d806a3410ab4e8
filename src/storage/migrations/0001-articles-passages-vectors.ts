/**
 * The first schema. `passages.label` is AUTOINCREMENT, so that SQLite itself never gives a label twice: the vector
 * index knows vectors by label alone, and a label's vector must never change.
 *
 * `passages.fingerprint`, `language` and `sentence_count` stand in the passage row for one covering index, from which
 * labels and counts are read without touching text or vectors; `passage_vectors.language` repeats it, so that ranking,
 * which reads 100 rows a search, needs no join. `fingerprints.dimensions` is 0 until its first vector. `embedding` is raw little-endian f32 [dimensions];
 * `sentence_vectors` is f32 scales [count] followed by int8 codes [count × dimensions], or NULL for one sentence;
 * `title_vector` is the same of the article's title, repeated with each passage for the same reason.
 */
export const ARTICLES_PASSAGES_VECTORS = `
  CREATE TABLE store_state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    generation INTEGER NOT NULL
  ) STRICT;
  INSERT INTO store_state (only_row, generation) VALUES (1, 0);

  CREATE TABLE fingerprints (
    number INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    url TEXT,
    language TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    published_at TEXT,
    tags TEXT NOT NULL,
    source TEXT NOT NULL,
    origin_file TEXT NOT NULL,
    origin_line INTEGER,
    content_hash TEXT NOT NULL,
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (number),
    dropped TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX articles_by_source ON articles (source, id);

  CREATE TABLE passages (
    label INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    spans TEXT NOT NULL,
    sentence_count INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (number)
  ) STRICT;
  CREATE INDEX passages_by_article ON passages (article, ordinal);
  CREATE INDEX passages_by_fingerprint ON passages (fingerprint, language, sentence_count);

  CREATE TABLE passage_vectors (
    label INTEGER PRIMARY KEY REFERENCES passages (label) ON DELETE CASCADE,
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (number),
    language TEXT NOT NULL,
    embedding BLOB NOT NULL,
    sentence_vectors BLOB,
    title_vector BLOB
  ) STRICT;
`;
