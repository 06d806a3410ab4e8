import { MOST_OCCURRENCE_SCORE, stemWeight } from './bm25.js';
import type { KeptWords } from './kept-words.js';
import type { KnownWords } from './known-words.js';
import type { ScoreSheet } from './score-sheet.js';

/** Posting-list entries that one question reads at most, once enough passages are found: about 3 ms of them. */
const MOST_ENTRIES = 25_000;

/** A posting list shorter than this is read at once: to find out whether it can be left costs as much. */
const SHORT_LIST = 1_000;

interface PostingList {
  readonly stem: string;
  readonly entries: number;
  readonly weight: number;
}

interface Search {
  readonly kept: Pick<KeptWords, 'postings'>;
  readonly known: KnownWords;
  /** Where scores are kept; what it holds is forgotten. */
  readonly sheet: ScoreSheet;
  /** By label, 1 for a passage that may be found; null: all. */
  readonly allowed: Uint8Array | null;
}

/**
 * Finds the passages that may be the best for some stems, without reading the posting lists of frequent ones.
 *
 * Lists are read by rising length. Passages met there are scored by stem, occurrence marks and length. As soon as
 * enough are found, a passage that has nothing but the stems of the lists from there on is looked for no more when it
 * could not reach the best ones, or when more than MOST_ENTRIES would have to be read. These lists then only raise
 * the scores of what was found, from bits that are kept (FrequentWords).
 * @param options.wanted  How many are asked for.
 * @param options.mostGiven  About how many are given at most, not less than `wanted`: the best, to be scored exactly.
 * @returns Labels in no order. When fewer than `wanted`, they are all that there are.
 * Source: Turtle & Flood 1995, MaxScore, term at a time.
 */
export function collectCandidates(
  stems: readonly string[],
  { wanted, mostGiven, ...search }: Search & { readonly wanted: number; readonly mostGiven: number },
): number[] {
  const { known, sheet } = search;
  const lists = postingLists(stems, known);
  const mostScore = lists.reduce((sum, list) => sum + mostOf(list), 0);
  sheet.begin(known.labelEnd);
  let entriesRead = 0;
  let beyondReach = mostScore;
  let isClosed = false;
  for (const list of lists) {
    if (!isClosed && sheet.size >= wanted && list.entries > SHORT_LIST) {
      isClosed = entriesRead + list.entries > MOST_ENTRIES || sheet.isReachedBy(wanted, beyondReach);
    }
    if (isClosed) raiseFound(list, search);
    else readList(list, search);
    entriesRead += list.entries;
    beyondReach -= mostOf(list);
  }
  return sheet.atLeast(sheet.size <= mostGiven ? 0 : sheet.reachedBy(mostGiven, mostScore));
}

/** Of the stems that stand anywhere and are worth anything, the shortest first. */
function postingLists(stems: readonly string[], known: KnownWords): PostingList[] {
  return stems
    .map((stem) => ({ stem, entries: known.passagesWith(stem) }))
    .filter(({ entries }) => entries > 0)
    .map((list) => ({ ...list, weight: stemWeight(list.entries, known.passages) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.entries - b.entries);
}

function mostOf({ weight }: PostingList): number {
  return weight * MOST_OCCURRENCE_SCORE;
}

function readList({ stem, weight }: PostingList, { kept, known, sheet, allowed }: Search): void {
  sheet.add(kept.postings(stem, known), weight, allowed);
}

function raiseFound({ stem, weight }: PostingList, { known, sheet }: Search): void {
  sheet.raise(known.frequentBits(stem), { weight, byLength: known.lengthScores.once }, known.lengths);
}
