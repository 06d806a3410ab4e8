import type { Embedding } from '../domain/embedding.js';
import type { ArticleStoreReader } from '../storage/article-store.js';
import type { LexicalMatch, LexicalQuery } from '../storage/lexical-index.js';
import type { VectorIndexReader, VectorMatch } from '../vector-index/vector-index.js';
import type { QueryText } from './query-terms.js';
import type { SearchMode } from './search-request.js';

/**
 * Candidates of one list that are ranked together. A page beyond the first hundred is ranked in its own block, so the
 * order is the same whatever the page size.
 */
export const CANDIDATE_BLOCK = 100;

/** Passages with all quoted phrases that are looked at; a phrase of more matches is no longer exact beyond them. */
const MOST_WITH_PHRASES = 20_000;

/** Which list found a candidate. */
export type FoundBy = 'dense' | 'keyword';

export interface FoundCandidate {
  readonly label: number;
  readonly foundBy: readonly FoundBy[];
  /** Place in the list of what words found, from 0; −1 when they did not. */
  readonly wordRank: number;
}

export interface CandidateSearch {
  readonly store: ArticleStoreReader;
  readonly index: VectorIndexReader;
  readonly fingerprint: string;
  readonly mode: SearchMode;
  readonly text: QueryText;
  /** Ranks wanted of each list: a multiple of CANDIDATE_BLOCK. */
  readonly depth: number;
  /** Rising; what may be found. Null: everything. */
  readonly labels: Uint32Array | null;
}

/** What the words of a question find. */
export interface FoundByWords {
  /** The best first. */
  readonly matches: readonly LexicalMatch[];
  /** Passages that hold every quoted phrase as it is asked for; null when nothing is quoted. */
  readonly holding: ReadonlySet<number> | null;
}

/**
 * Finds passages by words; nothing in mode `dense`, where quotation marks mean nothing either. In mode `keyword` only
 * passages that hold every quoted phrase are found. A question is no search expression: in mode `hybrid` they come
 * first, and others after them.
 */
export async function findByWords(search: CandidateSearch): Promise<FoundByWords> {
  const { store, fingerprint, mode, depth, labels } = search;
  const { stems, phrases } = search.text;
  if (mode === 'dense') return { matches: [], holding: null };
  // In mode `keyword` words alone rank, by what they find; in `hybrid` all that is found is judged anew.
  const scores = mode === 'keyword' ? 'exact' : 'estimated';
  const find = (query: LexicalQuery, limit: number) =>
    store.findByWords(query, { fingerprint, limit, scores, ...(labels === null ? {} : { labels }) });
  if (phrases.length === 0) return { matches: await find({ stems, phrases }, depth), holding: null };
  const quoting = await find({ stems, phrases }, MOST_WITH_PHRASES);
  const holding = new Set(quoting.map(({ label }) => label));
  if (mode === 'keyword') return { matches: quoting.slice(0, depth), holding };
  const others = (await find({ stems, phrases: [] }, depth)).filter(({ label }) => !holding.has(label));
  return { matches: [...quoting, ...others].slice(0, depth), holding };
}

/** Finds passages by the question's vector; nothing in mode `keyword`. */
export async function findByVector(
  { index, mode, depth, labels }: CandidateSearch,
  embedding: Embedding | null,
): Promise<VectorMatch[]> {
  if (mode === 'keyword' || embedding === null || labels?.length === 0) return [];
  return index.search(embedding, { limit: depth, ...(labels === null ? {} : { labels }) });
}

const BY_VECTOR: readonly FoundBy[] = ['dense'];
const BY_WORDS: readonly FoundBy[] = ['keyword'];
const BY_BOTH: readonly FoundBy[] = ['dense', 'keyword'];

/**
 * Joins both lists block by block: a passage belongs to the first block in which either list has it.
 * @returns For each block the candidates that are ranked together, none twice
 */
export function joinLists(dense: readonly VectorMatch[], words: readonly LexicalMatch[]): FoundCandidate[][] {
  const earlier = new Set<number>();
  const blocks: FoundCandidate[][] = [];
  const most = Math.max(dense.length, words.length);
  for (let first = 0; first < most; first += CANDIDATE_BLOCK) {
    const block: FoundCandidate[] = [];
    const placeOf = new Map<number, number>();
    const end = first + CANDIDATE_BLOCK;
    for (const { label } of dense.slice(first, end)) {
      if (earlier.has(label)) continue;
      placeOf.set(label, block.length);
      block.push({ label, foundBy: BY_VECTOR, wordRank: -1 });
    }
    for (const [i, { label }] of words.slice(first, end).entries()) {
      if (earlier.has(label)) continue;
      const place = placeOf.get(label);
      const foundBy = place === undefined ? BY_WORDS : BY_BOTH;
      block[place ?? block.length] = { label, foundBy, wordRank: first + i };
    }
    blocks.push(block);
    if (end < most) for (const { label } of block) earlier.add(label);
  }
  return blocks;
}
