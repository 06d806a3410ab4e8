import MiniSearch from 'minisearch';
import { versionsOf } from '../installed-versions.mjs';
import { readDocuments } from '../read-documents.mjs';

/** Words alone, as they stand: prefixes and fuzzy words, which it offers too, find less of what is right here. */
export async function open({ corpusFile }) {
  const documents = readDocuments(corpusFile);
  const index = new MiniSearch({ fields: ['text'] });
  return {
    versions: versionsOf('minisearch'),

    async index() {
      index.addAll(documents);
      return {};
    },

    ask: async (question) => index.search(question).slice(0, 10).map((hit) => hit.id),

    close: async () => {},
  };
}
