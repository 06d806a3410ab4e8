import path from 'node:path';
import Database from 'better-sqlite3';
import { versionsOf } from '../installed-versions.mjs';
import { readDocuments } from '../read-documents.mjs';

/** The stemmer is for English and leaves Arabic as it is. */
const TOKENIZER = 'porter unicode61 remove_diacritics 2';

/** Words alone: any word of the question, ordered by BM25. */
export async function open({ corpusFile, folder }) {
  const documents = readDocuments(corpusFile);
  const database = new Database(path.join(folder, 'fts5.db'));
  database.exec(`CREATE VIRTUAL TABLE passages USING fts5(id UNINDEXED, text, tokenize = '${TOKENIZER}')`);
  const add = database.prepare('INSERT INTO passages VALUES (?, ?)');
  const find = database.prepare('SELECT id FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10').pluck();
  return {
    versions: {
      ...versionsOf('better-sqlite3'),
      SQLite: database.prepare('SELECT sqlite_version()').pluck().get(),
    },

    async index() {
      database.transaction(() => {
        for (const { id, text } of documents) add.run(id, text);
      })();
      return {};
    },

    /** Words as FTS5 strings, so that no character of theirs is an operator. */
    async ask(question) {
      const words = question.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
      return words.length === 0 ? [] : find.all(words.map((word) => `"${word}"`).join(' OR '));
    },

    close: async () => database.close(),
  };
}
