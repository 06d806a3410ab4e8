import { type MatchToken, matchTokens } from './match-tokens.js';

/** A question as it is matched by words. */
export interface MatchQuery {
  /** All its words, those inside quotes too. */
  readonly tokens: readonly MatchToken[];
  /** For each quoted phrase its folded words, stop words included: they must stand next to each other, unstemmed. */
  readonly phrases: readonly (readonly string[])[];
}

/** Opening marks with those that close them. Apostrophes are none. */
const QUOTED = /"([^"]*)"|“([^“”]*)”|«([^«»]*)»|„([^„“”]*)[“”]/g;

/**
 * Reads the words and the quoted phrases of a question: "…", “…”, «…» and „…“. A quote that is not closed is no
 * phrase; nor is one without a word in it.
 */
export function parseMatchQuery(text: string): MatchQuery {
  const phrases = Array.from(text.matchAll(QUOTED), (match) => {
    const inside = match.slice(1).find((part) => part !== undefined) ?? '';
    return matchTokens(inside).map((token) => token.folded);
  });
  return { tokens: matchTokens(text), phrases: phrases.filter((words) => words.length > 0) };
}
