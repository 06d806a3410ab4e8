import { components, create, insertMultiple, search } from '@orama/orama';
import { stemmer as arabicStemmer } from '@orama/stemmers/arabic';
import { stemmer as englishStemmer } from '@orama/stemmers/english';
import { stopwords as arabicStopwords } from '@orama/stopwords/arabic';
import { stopwords as englishStopwords } from '@orama/stopwords/english';
import { versionsOf } from '../installed-versions.mjs';
import { openModel } from '../model.mjs';
import { readDocuments, readVectors } from '../read-documents.mjs';

const ARABIC = /\p{Script=Arabic}/u;

const tokenizers = {
  arabic: components.tokenizer.createTokenizer({
    language: 'arabic',
    stemmer: arabicStemmer,
    stopWords: arabicStopwords,
  }),
  english: components.tokenizer.createTokenizer({
    language: 'english',
    stemmer: englishStemmer,
    stopWords: englishStopwords,
  }),
};

/** Orama's own tokenizers, each for the texts in its script: an index of both languages can have one tokenizer only. */
const tokenizer = {
  language: 'english',
  normalizationCache: new Map(),
  tokenize: (text, _language, property, withCache) => {
    const own = typeof text === 'string' && ARABIC.test(text) ? 'arabic' : 'english';
    return tokenizers[own].tokenize(text, own, property, withCache);
  },
};

/** Better here than its own of 0.5 each. */
const WEIGHTS = { text: 0.2, vector: 0.8 };

/**
 * Hybrid search. Its least similarity of 0.8 is lifted: the model's cosines of right passages are lower, so that with it
 * only words would find anything.
 */
export async function open({ corpusFile, ...vectors }) {
  const model = await openModel();
  const given = readVectors(vectors);
  const documents = readDocuments(corpusFile).map((document, i) => ({ ...document, vector: Array.from(given[i]) }));
  const database = create({
    schema: { text: 'string', vector: `vector[${vectors.dimensions}]` },
    components: { tokenizer },
  });
  return {
    versions: versionsOf('@orama/orama', '@orama/stemmers', '@orama/stopwords'),

    async index() {
      await insertMultiple(database, documents);
      return { givenVectors: true };
    },

    async ask(question) {
      const vector = await model.embed('query', question);
      const { hits } = await search(database, {
        mode: 'hybrid',
        term: question,
        properties: ['text'],
        vector: { value: Array.from(vector), property: 'vector' },
        similarity: 0,
        hybridWeights: WEIGHTS,
        limit: 10,
      });
      return hits.map((hit) => hit.id);
    },

    close: () => model.close(),
  };
}
