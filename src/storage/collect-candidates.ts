import {
  MOST_OCCURRENCE_SCORE,
  OCCURRENCE_MARKS,
  occurrenceScore,
  relativeLengthOf,
  stemWeight,
} from './bm25.js';
import type { KeptWords } from './kept-words.js';
import type { KnownWords } from './known-words.js';

/** Posting-list entries that one question reads at most, once enough passages are found: about 3 ms of them. */
const MOST_ENTRIES = 25_000;

/** A posting list shorter than this is read at once: to find out whether it can be left costs as much. */
const SHORT_LIST = 1_000;

/** How finely scores are told apart where candidates are cut. */
const SCORE_CLASSES = 4_096;

interface PostingList {
  readonly stem: string;
  readonly entries: number;
  readonly weight: number;
}

interface Search {
  readonly kept: Pick<KeptWords, 'labelsWith'>;
  readonly known: KnownWords;
  /** By label, 1 for a passage that may be found; null: all. */
  readonly allowed: Uint8Array | null;
  /** By label; more than 0 for those that are found. */
  readonly scores: Float32Array;
  readonly found: number[];
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
 * @param options.allowed  By label, 1 for a passage that may be found; null: all.
 * @returns Labels in no order. When fewer than `wanted`, they are all that there are.
 * Source: Turtle & Flood 1995, MaxScore, term at a time.
 */
export function collectCandidates(
  stems: readonly string[],
  options: {
    kept: Pick<KeptWords, 'labelsWith'>;
    known: KnownWords;
    wanted: number;
    mostGiven: number;
    allowed: Uint8Array | null;
  },
): number[] {
  const { known, wanted, mostGiven } = options;
  const lists = postingLists(stems, known);
  const mostScore = lists.reduce((sum, list) => sum + mostOf(list), 0);
  const search: Search = { ...options, scores: new Float32Array(known.labelEnd), found: [] };
  const { found, scores } = search;
  const nthBest = (rank: number) => scoreReachedBy(rank, { labels: found, scores, mostScore });
  let entriesRead = 0;
  let beyondReach = mostScore;
  let isClosed = false;
  for (const list of lists) {
    if (!isClosed && found.length >= wanted && list.entries > SHORT_LIST) {
      isClosed = entriesRead + list.entries > MOST_ENTRIES || beyondReach <= nthBest(wanted);
    }
    if (isClosed) raiseFound(list, search);
    else readList(list, search);
    entriesRead += list.entries;
    beyondReach -= mostOf(list);
  }
  if (found.length <= mostGiven) return found;
  const bar = nthBest(mostGiven);
  return found.filter((label) => (scores[label] ?? 0) >= bar);
}

/** Of the stems that stand anywhere, the shortest first. */
function postingLists(stems: readonly string[], known: KnownWords): PostingList[] {
  return stems
    .map((stem) => ({ stem, entries: known.passagesWith(stem) }))
    .filter(({ entries }) => entries > 0)
    .map((list) => ({ ...list, weight: stemWeight(list.entries, known.passages) }))
    .sort((a, b) => a.entries - b.entries);
}

function mostOf({ weight }: PostingList): number {
  return weight * MOST_OCCURRENCE_SCORE;
}

function readList({ stem, weight }: PostingList, { kept, known, allowed, scores, found }: Search): void {
  let occurrencesBefore = 0;
  for (const { name, occurrences } of OCCURRENCE_MARKS) {
    for (const label of kept.labelsWith(stem, { fingerprint: known.fingerprint, mark: name })) {
      if (allowed !== null && allowed[label] !== 1) continue;
      const relativeLength = relativeLengthOf(known.length(label), known.meanLength);
      const more =
        occurrenceScore(occurrences, relativeLength) - occurrenceScore(occurrencesBefore, relativeLength);
      const score = scores[label] ?? 0;
      if (score === 0) found.push(label);
      scores[label] = score + weight * more;
    }
    occurrencesBefore = occurrences;
  }
}

function raiseFound({ stem, weight }: PostingList, { known, scores, found }: Search): void {
  const bits = known.frequentBits(stem);
  for (const label of found) {
    if (((bits[label >>> 3] ?? 0) & (1 << (label & 7))) === 0) continue;
    const relativeLength = relativeLengthOf(known.length(label), known.meanLength);
    scores[label] = (scores[label] ?? 0) + weight * occurrenceScore(1, relativeLength);
  }
}

/**
 * The score that `rank` of the labels reach, a little less at most: by counting into classes, since sorting would cost
 * more than reading the lists.
 */
function scoreReachedBy(
  rank: number,
  of: { labels: readonly number[]; scores: Float32Array; mostScore: number },
): number {
  const inClass = new Uint32Array(SCORE_CLASSES + 1);
  const classesPerScore = SCORE_CLASSES / of.mostScore;
  for (const label of of.labels) {
    const scoreClass = Math.floor((of.scores[label] ?? 0) * classesPerScore);
    inClass[scoreClass] = (inClass[scoreClass] ?? 0) + 1;
  }
  let reached = 0;
  let scoreClass = SCORE_CLASSES + 1;
  while (reached < rank && scoreClass > 0) {
    scoreClass -= 1;
    reached += inClass[scoreClass] ?? 0;
  }
  return scoreClass / classesPerScore;
}
