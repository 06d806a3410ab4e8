import type { Language } from '../domain/language.js';
import { hashesOf, type PassageTerms, type TermCounts } from '../text/passage-terms.js';

/** A passage as its shared terms are looked at. */
export interface PassageWithTerms {
  readonly language: Language;
  readonly terms: PassageTerms;
}

/**
 * How much of a passage's terms each candidate has, terms that few of them have weighing more. Within a language terms
 * are stems; across languages words do not match, and terms are numbers and the consonants of names.
 * @returns 0…1 each, in the order of `candidates`; 0 where the passage has no such terms
 */
export function shareTerms(passage: PassageWithTerms, candidates: readonly PassageWithTerms[]): Float64Array {
  const shares = new Float64Array(candidates.length);
  for (const across of [false, true]) {
    const termsOf = ({ terms }: PassageWithTerms) =>
      new Set(hashesOf(across ? terms.skeletons : terms.words));
    const compared = candidates.flatMap((candidate, place) =>
      (candidate.language !== passage.language) === across ? [{ place, terms: termsOf(candidate) }] : [],
    );
    const weights = weigh(
      termsOf(passage),
      compared.map(({ terms }) => terms),
    );
    const total = sumOf(weights.values());
    for (const { place, terms } of compared) {
      const shared = [...weights].filter(([term]) => terms.has(term)).map(([, weight]) => weight);
      shares[place] = total > 0 ? sumOf(shared) / total : 0;
    }
  }
  return shares;
}

/** @returns Terms that both have ÷ terms that either has, 0…1; 0 when neither has any */
export function termJaccard(a: TermCounts, b: TermCounts): number {
  const ofA = hashesOf(a);
  const others = new Set(hashesOf(b));
  let shared = 0;
  for (const hash of ofA) if (others.has(hash)) shared += 1;
  const either = ofA.length + others.size - shared;
  return either > 0 ? shared / either : 0;
}

/** The weight of each term of the passage: the logarithm of one in how many of all these passages it stands. */
function weigh(
  terms: ReadonlySet<number>,
  candidates: ReadonlyArray<ReadonlySet<number>>,
): Map<number, number> {
  const weights = new Map<number, number>();
  for (const term of terms) {
    const having = 1 + candidates.filter((candidate) => candidate.has(term)).length;
    weights.set(term, Math.log((candidates.length + 2) / (having + 0.5)));
  }
  return weights;
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
