// Embeds passages and compares them with the program's own parts.
import { centre, NO_CENTRING, readCentring } from '../../dist/embedding/centring.js';
import { describeModel } from '../../dist/embedding/describe-model.js';
import { TransformersEmbedder } from '../../dist/embedding/transformers-embedder.js';
import { alignSentences } from '../../dist/search/align-sentences.js';
import { prepareQuery } from '../../dist/search/prepare-query.js';
import { RankingMatrix } from '../../dist/search/ranking-matrix.js';
import { termJaccard } from '../../dist/search/shared-terms.js';
import { dequantiseSentences, quantiseSentences } from '../../dist/storage/sentence-vectors.js';
import { passageTerms } from '../../dist/text/passage-terms.js';

const BATCH = 32;

/** Opens a model folder. @returns What embeds and compares, `fingerprint` and `close` */
export async function openComparer(modelFolder) {
  const description = await describeModel(modelFolder);
  const embedder = await TransformersEmbedder.open({ description, threads: 1 });
  const { dimensions, fingerprint } = embedder;
  const centring = description.centresFile === null ? NO_CENTRING : await readCentring(description.centresFile, dimensions);
  const matrix = new RankingMatrix(dimensions, centring);

  /** In batches, by `embed`. */
  async function embedAll(texts, embed) {
    const embedded = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      embedded.push(...(await embed(texts.slice(start, start + BATCH))));
    }
    return embedded;
  }

  /** Gives each passage its vector and terms, and with `sentences` the rows of its sentences and title. */
  async function embedPassages(passages, { sentences: withSentences }) {
    const cut = passages.map(({ text, sentences }) => ({ text, sentences: withSentences ? placesOf(sentences, text) : [] }));
    const vectors = await embedAll(cut, (some) => embedder.embedWithSentences(some));
    const embedded = passages.map((passage, i) => {
      const vector = centre(vectors[i].embedding, centring.mean(passage.language, 'passage'));
      return { ...passage, vector, query: prepareQuery(vector, centring), terms: passageTerms(passage.text, passage.title) };
    });
    if (withSentences) {
      for (const [i, passage] of embedded.entries()) {
        Object.assign(passage, await sentencesOf(passage, vectors[i].sentenceEmbeddings));
      }
    }
    return embedded;
  }

  async function sentencesOf({ title, language, query }, sentenceEmbeddings) {
    const quantised = quantiseSentences(sentenceEmbeddings);
    const firstSentenceRow = quantised === null ? matrix.size : matrix.add(quantised, language, 'sentence');
    const titles = quantiseSentences(title === '' ? [] : await embedder.embedPassages([title]));
    const titleRow = titles === null ? null : matrix.add(titles, language, 'sentence');
    const mean = centring.mean(language, 'sentence');
    const queries = dequantiseSentences(quantised).map((vector) => prepareQuery(centre(vector, mean), centring));
    const rows = { firstSentenceRow, sentences: quantised?.scales.length ?? 0, titleRow };
    return { rows, sentenceQueries: queries.length > 0 ? queries : [query] };
  }

  return {
    fingerprint,
    embedPassages,
    similarity: (a, b) => a.vector.reduce((sum, value, i) => sum + value * b.vector[i], 0),
    agreement: (a, b, similarity) =>
      a.language === b.language
        ? termJaccard(a.terms.words, b.terms.words)
        : (alignSentences(a.sentenceQueries, b.rows, matrix) ?? similarity),
    titleSimilarity: (a, b) => (b.rows.titleRow === null ? null : matrix.similarities(a.query, [b.rows.titleRow])[0]),
    close: () => embedder.close(),
  };
}

/** @returns Where each sentence stands in the text. */
function placesOf(sentences, text) {
  let end = 0;
  return sentences.map((sentence) => {
    const start = text.indexOf(sentence, end);
    if (start < 0) throw new Error(`not a sentence of its passage: ${sentence}`);
    end = start + sentence.length;
    return { start, end };
  });
}
