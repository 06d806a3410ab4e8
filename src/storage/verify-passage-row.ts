import type { TextSpan } from '../domain/passage.js';
import { hasSearchableText } from '../text/has-searchable-text.js';
import { jsonToSpans } from './span-list.js';
import { blobToEmbedding, blobToSentences } from './vector-blobs.js';

export interface VerifiedPassageRow {
  readonly label: number;
  readonly id: string;
  readonly text: string;
  readonly spans: string;
  readonly sentence_count: number;
  /** Of the passage's model. */
  readonly dimensions: number;
  readonly embedding: Uint8Array;
  readonly sentence_vectors: Uint8Array | null;
  /** Of the passage's article. */
  readonly title: string;
  readonly title_vector: Uint8Array | null;
}

export type PassageProblem =
  | 'vector-length-wrong'
  | 'vector-not-finite'
  | 'vector-not-unit-length'
  | 'sentence-spans-unreadable'
  | 'sentence-spans-missing'
  | 'sentence-span-outside-text'
  | 'sentence-spans-not-rising'
  | 'sentence-count-wrong'
  | 'sentence-vector-count-wrong'
  | 'sentence-vector-not-finite'
  | 'title-vector-missing'
  | 'title-vector-unexpected'
  | 'title-vector-length-wrong'
  | 'title-vector-not-finite';

/** How far a vector's length may be from 1: far more than rounding, far less than any real mistake. */
const LENGTH_TOLERANCE = 1e-3;

/** Looks at one passage with its vectors. */
export function checkPassageRow(row: VerifiedPassageRow): {
  problems: PassageProblem[];
  sentences: number;
  vectors: number;
} {
  const spans = readSpans(row.spans);
  const problems = [
    ...checkEmbedding(row),
    ...(spans === null ? ['sentence-spans-unreadable' as const] : checkSpans(spans, row)),
    ...(spans === null ? [] : checkSentenceVectors(spans.length, row)),
    ...checkTitleVector(row),
  ];
  const sentences = spans?.length ?? 0;
  const ofSentences = row.sentence_vectors === null ? 0 : sentences;
  const ofTitle = row.title_vector === null ? 0 : 1;
  return { problems, sentences, vectors: 1 + ofSentences + ofTitle };
}

function readSpans(json: string): TextSpan[] | null {
  try {
    const numbers: unknown = JSON.parse(json);
    const isList = Array.isArray(numbers) && numbers.length % 2 === 0 && numbers.every(Number.isInteger);
    return isList ? jsonToSpans(json) : null;
  } catch {
    return null;
  }
}

function checkEmbedding({ embedding, dimensions }: VerifiedPassageRow): PassageProblem[] {
  if (embedding.byteLength !== dimensions * 4) return ['vector-length-wrong'];
  let squares = 0;
  for (const value of blobToEmbedding(embedding)) squares += value * value;
  if (!Number.isFinite(squares)) return ['vector-not-finite'];
  return Math.abs(Math.sqrt(squares) - 1) > LENGTH_TOLERANCE ? ['vector-not-unit-length'] : [];
}

function checkSpans(spans: readonly TextSpan[], row: VerifiedPassageRow): PassageProblem[] {
  const problems: PassageProblem[] = [];
  if (spans.length === 0) problems.push('sentence-spans-missing');
  if (spans.length !== row.sentence_count) problems.push('sentence-count-wrong');
  if (spans.some(({ start, end }) => start < 0 || end > row.text.length || end <= start)) {
    problems.push('sentence-span-outside-text');
  }
  if (spans.some(({ start }, i) => i > 0 && start < (spans[i - 1]?.end ?? 0))) {
    problems.push('sentence-spans-not-rising');
  }
  return problems;
}

function checkSentenceVectors(sentences: number, row: VerifiedPassageRow): PassageProblem[] {
  const { sentence_vectors: blob, dimensions } = row;
  const expectedBytes = sentences > 1 ? sentences * (dimensions + 4) : 0;
  if ((blob?.byteLength ?? 0) !== expectedBytes) return ['sentence-vector-count-wrong'];
  if (blob === null) return [];
  return blobToSentences(blob, dimensions).scales.every(Number.isFinite)
    ? []
    : ['sentence-vector-not-finite'];
}

function checkTitleVector({ title, title_vector: blob, dimensions }: VerifiedPassageRow): PassageProblem[] {
  const isExpected = hasSearchableText(title);
  if (blob === null) return isExpected ? ['title-vector-missing'] : [];
  if (!isExpected) return ['title-vector-unexpected'];
  if (blob.byteLength !== dimensions + 4) return ['title-vector-length-wrong'];
  return blobToSentences(blob, dimensions).scales.every(Number.isFinite) ? [] : ['title-vector-not-finite'];
}
