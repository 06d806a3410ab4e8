import type { PassageTerms, TermCounts } from '../../../src/text/passage-terms.js';

/** Hashes and counts of one list, whatever it lies in. */
export function termList({ hashes, counts, start, end }: TermCounts) {
  return { hashes: [...hashes.subarray(start, end)], counts: [...counts.subarray(start, end)] };
}

/** Terms of a passage, to be compared with others of the same content. */
export function termLists({ length, ...lists }: PassageTerms) {
  return {
    length,
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, termList(list)])),
  };
}
