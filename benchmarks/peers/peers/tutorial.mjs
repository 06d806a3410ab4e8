import { availableParallelism } from 'node:os';
import path from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import hnswlib from 'hnswlib-node';
import { versionsOf } from '../installed-versions.mjs';
import { describeServiceModel, sessionOptions } from '../model.mjs';
import { readDocuments } from '../read-documents.mjs';

/** hnswlib asks for more than the number of neighbours; from 50 on it finds here what an exact search does. */
const SEARCH_WIDTH = 100;

/**
 * What tutorials of semantic search in Node build: the feature-extraction pipeline of transformers.js, one vector a
 * passage, an HNSW graph in memory, no words and no sentences. The prefixes are those that the model's card asks for.
 *
 * The pipeline pools the vectors of tokens itself, and our file has the pooling in its graph; so tokenizer and model are
 * called as the pipeline calls them, and the vector is the output `sentence_embedding`, as the documentation of
 * transformers.js does it with models of that kind. One text a call: beside others it would be padded to the longest. On all
 * cores, as the library does it by itself.
 */
export async function open({ corpusFile, dimensions }) {
  const { description } = await describeServiceModel();
  const { folder } = description.location;
  env.localModelPath = path.dirname(folder);
  env.allowRemoteModels = false;
  const extractor = await pipeline('feature-extraction', path.basename(folder), {
    dtype: description.dtype,
    device: 'cpu',
    session_options: sessionOptions(availableParallelism()),
  });
  const documents = readDocuments(corpusFile);
  const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);

  async function embed(text) {
    const inputs = extractor.tokenizer(text, { padding: true, truncation: true });
    const { sentence_embedding: embedding } = await extractor.model(inputs);
    return Array.from(embedding.data);
  }

  return {
    versions: versionsOf('@huggingface/transformers', 'onnxruntime-node', 'hnswlib-node'),

    async index() {
      graph.initIndex(documents.length);
      graph.setEf(SEARCH_WIDTH);
      for (const [label, { text }] of documents.entries()) {
        graph.addPoint(await embed(description.prefixes.passage + text), label);
      }
      return {};
    },

    async ask(question) {
      const vector = await embed(description.prefixes.query + question);
      const { neighbors } = graph.searchKnn(vector, Math.min(10, documents.length));
      return neighbors.map((label) => documents[label].id);
    },

    close: () => extractor.dispose(),
  };
}
