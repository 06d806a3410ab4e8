import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { matchTokens } from '../../../src/text/match-tokens.js';
import { parseMatchQuery } from '../../../src/text/parse-match-query.js';

interface SpellingPair {
  readonly rule: string;
  readonly query: string;
  readonly text: string;
  readonly match: boolean;
}

const folder = new URL('../../fixtures/spelling/', import.meta.url);
const pairs = readdirSync(fileURLToPath(folder))
  .sort()
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as SpellingPair);

describe('the spelling suite', () => {
  it.each(pairs)('$rule: "$query" and "$text": $match', ({ query, text, match }) => {
    expect(isFound(query, text)).toBe(match);
  });

  it('has at least 300 pairs, each once, and both kinds', () => {
    expect(new Set(pairs.map(({ query, text }) => `${query}\0${text}`)).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThanOrEqual(300);
    expect(pairs.filter(({ match }) => !match).length).toBeGreaterThanOrEqual(50);
  });
});

/** Every stem of the question is in the text, and every quoted phrase stands there word by word. */
function isFound(query: string, text: string): boolean {
  const { tokens, phrases } = parseMatchQuery(query);
  const words = matchTokens(text);
  const stems = new Set(words.filter(({ stopWord }) => !stopWord).map(({ stem }) => stem));
  const wanted = tokens.filter(({ stopWord }) => !stopWord);
  const folded = ` ${words.map((word) => word.folded).join(' ')} `;
  return (
    wanted.length > 0 &&
    wanted.every(({ stem }) => stems.has(stem)) &&
    phrases.every((phrase) => folded.includes(` ${phrase.join(' ')} `))
  );
}
