/**
 * The tables of full text and their trigger, to be made anew where they are damaged. A migration that changes them takes
 * this along.
 */
export const WORDS_TABLES = {
  /** Where their words are, and the terms: the tables that FTS5 keeps for them hold all there is of a contentless one. */
  holding: [
    'passage_words_data',
    'passage_words_idx',
    'passage_words_docsize',
    'passage_phrases_data',
    'passage_phrases_idx',
    'passage_phrases_docsize',
    'passage_terms',
  ],
  drop: `
  DROP TRIGGER IF EXISTS words_go_with_their_passage;
  DROP TABLE IF EXISTS passage_words_vocabulary;
  DROP TABLE IF EXISTS passage_words;
  DROP TABLE IF EXISTS passage_phrases;
`,
  create: `
  CREATE VIRTUAL TABLE passage_words USING fts5 (
    stems, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
  );
  CREATE VIRTUAL TABLE passage_words_vocabulary USING fts5vocab ('passage_words', 'row');
  CREATE VIRTUAL TABLE passage_phrases USING fts5 (
    title, body, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
  CREATE TRIGGER words_go_with_their_passage AFTER DELETE ON passages BEGIN
    DELETE FROM passage_words WHERE rowid = old.label;
    DELETE FROM passage_phrases WHERE rowid = old.label;
  END;
`,
} as const;

/**
 * Full text. Words are cut, folded and stemmed by this program (`src/text`), never by SQLite: tokens reach FTS5
 * encoded (encode-token.ts), and `ascii` leaves such tokens as they are. Both FTS5 tables are contentless (the text
 * stands in `passages`), with the label as rowid; the trigger takes their rows away with the passage, whatever
 * removes it.
 *
 * `passage_words` finds by stems. It keeps no positions (`detail=none`): a fifth of the space. A stem is
 * written once a passage, and once more for every further mark that its occurrences reach (bm25.ts). Tokens begin with the number
 * of the fingerprint, so that posting lists and their lengths belong to one model. `passage_phrases` finds words side
 * by side, so it needs positions; title and body are columns, because a phrase never runs across columns.
 *
 * `passage_terms.terms` is a packed PassageTerms (terms-blob.ts), in a table of its own: beside the vectors it would
 * leave room for one row a page instead of two. `length` and `fingerprint` stand beside it for one covering index,
 * `version` is the TERMS_VERSION that its words and terms were made with. `store_state.terms_version` is the one that
 * all of them have; 0 until they have been made.
 */
export const WORDS_AND_TERMS = `
  ALTER TABLE store_state ADD COLUMN terms_version INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE passage_terms (
    label INTEGER PRIMARY KEY REFERENCES passages (label) ON DELETE CASCADE,
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (number),
    version INTEGER NOT NULL,
    length INTEGER NOT NULL,
    terms BLOB NOT NULL
  ) STRICT;
  CREATE INDEX passage_terms_by_fingerprint ON passage_terms (fingerprint, label, length);
${WORDS_TABLES.create}`;
