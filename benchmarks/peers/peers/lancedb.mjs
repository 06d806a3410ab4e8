import path from 'node:path';
import { versionsOf } from '../installed-versions.mjs';
import { openModel } from '../model.mjs';
import { readDocuments, readVectors } from '../read-documents.mjs';

// Else a deprecation is logged twice a question. Read when the library is loaded.
process.env.LANCEDB_LOG ??= 'error';
const { connect, Index, MultiMatchQuery, rerankers } = await import('@lancedb/lancedb');

/**
 * Hybrid search: full text and vectors, joined by LanceDB's own reranker (reciprocal rank fusion). A full-text index stems
 * one language, so each text is in two columns, one indexed in each language, and words are looked for in both. Vectors
 * are searched exactly, as LanceDB advises for tables of this size.
 */
export async function open({ corpusFile, folder, ...vectors }) {
  const model = await openModel();
  const given = readVectors(vectors);
  const rows = readDocuments(corpusFile).map(({ id, text }, i) => ({
    id,
    english: text,
    arabic: text,
    vector: Array.from(given[i]),
  }));
  const database = await connect(path.join(folder, 'lancedb'));
  const reranker = await rerankers.RRFReranker.create();
  let table;
  return {
    versions: versionsOf('@lancedb/lancedb'),

    async index() {
      table = await database.createTable('passages', rows);
      await table.createIndex('english', { config: Index.fts({ language: 'English' }) });
      await table.createIndex('arabic', { config: Index.fts({ language: 'Arabic', removeStopWords: false }) });
      return { givenVectors: true };
    },

    async ask(question) {
      const vector = await model.embed('query', question);
      const hits = await table
        .query()
        .nearestTo(vector)
        .distanceType('cosine')
        .fullTextSearch(new MultiMatchQuery(question, ['english', 'arabic']))
        .rerank(reranker)
        .select(['id'])
        .limit(10)
        .toArray();
      return hits.map((hit) => hit.id);
    },

    close: () => model.close(),
  };
}
