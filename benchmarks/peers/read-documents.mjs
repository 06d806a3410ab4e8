import { readFileSync } from 'node:fs';

/**
 * The passages of a set as every peer gets them: its title, if it has one, stands before the text.
 * @param {string} corpusFile  corpus.jsonl of a folder in BEIR form, which was checked before
 * @returns {Array<{ id: string, text: string }>}
 */
export function readDocuments(corpusFile) {
  return readFileSync(corpusFile, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .map(({ _id: id, title = '', text }) => ({ id, text: title.trim() === '' ? text : `${title}\n${text}` }));
}

/** Vectors as `compare.mjs` wrote them, one a document: shape [documents × dimensions], float32. */
export function readVectors({ vectorsFile, dimensions }) {
  const bytes = readFileSync(vectorsFile);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return Array.from({ length: all.length / dimensions }, (_, i) => all.slice(i * dimensions, (i + 1) * dimensions));
}
