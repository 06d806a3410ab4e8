import type { Embedding } from '../domain/embedding.js';
import type { ArticleStoreReader } from '../storage/article-store.js';
import type { LexicalMatch, LexicalQuery } from '../storage/lexical-index.js';
import type { VectorIndexReader, VectorMatch } from '../vector-index/vector-index.js';
import type { FoundBy } from './candidate-features.js';
import type { QueryText } from './query-terms.js';
import type { SearchMode } from './search-request.js';

/**
 * Candidates of one list that are ranked together. A page beyond the first hundred is ranked in its own block, so the
 * order is the same whatever the page size.
 */
export const CANDIDATE_BLOCK = 100;

/** Passages with all quoted phrases that are looked at; a phrase of more matches is no longer exact beyond them. */
const MOST_WITH_PHRASES = 20_000;

/** Candidates that are ranked together: labels, each with the lists that found it. */
export type CandidateSet = ReadonlyMap<number, readonly FoundBy[]>;

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

/**
 * Joins both lists block by block: a passage belongs to the first block in which either list has it.
 */
export function joinLists(dense: readonly VectorMatch[], words: readonly LexicalMatch[]): CandidateSet[] {
  const seen = new Set<number>();
  const blocks: CandidateSet[] = [];
  for (let first = 0; first < Math.max(dense.length, words.length); first += CANDIDATE_BLOCK) {
    const block = new Map<number, FoundBy[]>();
    const add = (matches: ReadonlyArray<{ readonly label: number }>, foundBy: FoundBy) => {
      for (const { label } of matches.slice(first, first + CANDIDATE_BLOCK)) {
        const before = block.get(label);
        if (before !== undefined) before.push(foundBy);
        else if (!seen.has(label)) block.set(label, [foundBy]);
        seen.add(label);
      }
    };
    add(dense, 'dense');
    add(words, 'keyword');
    blocks.push(block);
  }
  return blocks;
}
