import type { TextSpan } from '../domain/passage.js';
import { hashTerm } from '../text/passage-terms.js';
import type { TextWords } from './passage-words.js';
import type { QueryText } from './query-terms.js';

/**
 * The words of a passage that are words of the question (by stem, stop words left out), and its quoted phrases.
 * @param words  Of the passage's text.
 * @returns Spans of the text, rising, not touching: words of a phrase are one span
 */
export function findHighlights(words: TextWords, query: QueryText): TextSpan[] {
  const asked = new Set(query.stems.map(hashTerm));
  const { quoted, joined } = findQuoted(words, query);
  const spans: Array<{ start: number; end: number }> = [];
  for (let i = 0; i < words.stems.length; i++) {
    if (!asked.has(words.stems[i] as number) && !quoted.has(i)) continue;
    const start = words.starts[i] as number;
    const end = words.ends[i] as number;
    const last = spans.at(-1);
    if (last !== undefined && (joined.has(i) || start <= last.end)) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

/** Places of the words of quoted phrases, and of those among them that go on from the word before. */
function findQuoted(words: TextWords, { phrases }: QueryText) {
  const quoted = new Set<number>();
  const joined = new Set<number>();
  for (const phrase of phrases.map((folded) => folded.map(hashTerm))) {
    for (let first = 0; first + phrase.length <= words.folded.length; first++) {
      if (!phrase.every((word, i) => words.folded[first + i] === word)) continue;
      for (let i = 0; i < phrase.length; i++) {
        quoted.add(first + i);
        if (i > 0) joined.add(first + i);
      }
    }
  }
  return { quoted, joined };
}

/** The sentence with most different words of the question; of equal ones the first. For questions without a vector. */
export function sentenceWithMostWords(
  sentences: readonly TextSpan[],
  words: TextWords,
  query: QueryText,
): number {
  const asked = new Set(query.stems.map(hashTerm));
  const counts = sentences.map(({ start, end }) => {
    const inside = words.stems.filter(
      (stem, i) => asked.has(stem) && (words.starts[i] ?? 0) >= start && (words.ends[i] ?? 0) <= end,
    );
    return new Set(inside).size;
  });
  return counts.indexOf(Math.max(...counts));
}
