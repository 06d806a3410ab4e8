import type { TextSpan } from '../domain/passage.js';
import type { PassageEvidence, SentenceEvidence } from '../domain/ranked-passage.js';
import type { Source } from './answer.js';
import { quotableSpan } from './quotable-span.js';
import { rankSources } from './rank-sources.js';

/** Words of a source that answer. */
export interface Quote {
  readonly source: Source;
  /** Of the passage's text. */
  readonly span: TextSpan;
}

interface Candidate {
  readonly source: Source;
  readonly sentence: SentenceEvidence;
  /** Place in the passage. */
  readonly index: number;
  readonly worth: number;
}

/** Sentences of an answer. Readers want one; a second of the same passage holds what the first only leads up to. */
const MOST_SENTENCES = 4;
const MOST_OF_FIRST_PASSAGE = 2;
const MOST_OF_OTHERS = 1;
/** What is worth less than this share of the best is no answer beside it. */
const LEAST_SHARE = 0.85;
/** The second sentence of the best passage is there for what it adds, and need not be as good. */
const LEAST_SHARE_OF_SECOND = 0.65;
/**
 * Cosine from which on two sentences say the same. Translations of one another have .68 in the median; of different
 * sentences of one article, one pair in a thousand has .70 in one language.
 */
const SAME_ACROSS = 0.65;
const SAME_WITHIN = 0.75;

/**
 * Picks the sentences that answer, by meaning alone: no language model.
 *
 * First come the best sentences of the best passage. Another passage has its best one added when it is nearly as good and
 * says something else, in whichever language. Sentences that follow one another are one quote.
 *
 * @param sources  With evidence; those without are left out.
 * @returns In reading order: by passage, in each as the author has them; the best passage first. Empty when none has evidence
 */
export function pickQuotes(sources: readonly Source[]): Quote[] {
  const ranked = rankSources(sources);
  const picked: Candidate[] = [];
  for (const [place, { source, worth }] of ranked.entries()) {
    if (worth < LEAST_SHARE * (ranked[0]?.worth ?? 0)) break;
    const room = Math.min(
      place === 0 ? MOST_OF_FIRST_PASSAGE : MOST_OF_OTHERS,
      MOST_SENTENCES - picked.length,
    );
    picked.push(...bestSentences(source, picked, room));
  }
  return ranked.flatMap(({ source }) => joined(picked.filter((candidate) => candidate.source === source)));
}

function bestSentences(source: Source, picked: readonly Candidate[], room: number): Candidate[] {
  const candidates = sentencesOf(source, source.passage.evidence);
  const best = picked[0]?.worth ?? candidates[0]?.worth ?? 0;
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length === room) break;
    const isFirst = picked.length + chosen.length === 0;
    const share = picked.length === 0 ? LEAST_SHARE_OF_SECOND : LEAST_SHARE;
    const isGood = candidate.worth >= share * best;
    if (isFirst || (isGood && !saysTheSame(candidate, [...picked, ...chosen]))) chosen.push(candidate);
  }
  return chosen;
}

/** Best first. */
function sentencesOf(source: Source, evidence: PassageEvidence | undefined): Candidate[] {
  return (evidence?.sentences ?? [])
    .map((sentence, index) => ({
      source,
      sentence,
      index,
      worth: (sentence.similarity + sentence.beyondTitle) / 2,
    }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth || a.index - b.index);
}

function saysTheSame(candidate: Candidate, others: readonly Candidate[]): boolean {
  return others.some((other) => {
    const across = other.source.passage.language !== candidate.source.passage.language;
    const cosine = dotProduct(candidate.sentence.vector, other.sentence.vector);
    return cosine >= (across ? SAME_ACROSS : SAME_WITHIN);
  });
}

/** Sentences that follow one another as one quote, as far as nobody began a new paragraph between them. */
function joined(candidates: readonly Candidate[]): Quote[] {
  const inOrder = [...candidates].sort((a, b) => a.index - b.index);
  const quotes: Array<Quote & { last: number }> = [];
  for (const { source, sentence, index } of inOrder) {
    const { text } = source.passage;
    const span = quotableSpan(text, sentence);
    const before = quotes.at(-1);
    if (before?.last === index - 1 && !/\n\s*\n/.test(text.slice(before.span.end, span.start))) {
      quotes[quotes.length - 1] = {
        source,
        span: { start: before.span.start, end: span.end },
        last: index,
      };
    } else quotes.push({ source, span, last: index });
  }
  return quotes.map(({ source, span }) => ({ source, span }));
}

function dotProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
