import type { Source } from './answer.js';
import type { Support } from './answer-draft.js';
import { findQuote } from './find-quote.js';
import type { NamedSource, Statement } from './read-statements.js';

/** Quotations inside of a statement. */
const QUOTATION = /"([^"\n]+)"|“([^“”\n]+)”|«([^«»\n]+)»/g;
/** Addresses, with or without a scheme in front. */
const ADDRESS =
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s<>"'»)\]]+|\b(?:www\.|mailto:|javascript:|data:)[^\s<>"'»)\]]+|\b[\w-]+(?:\.[\w-]+)+\/[^\s<>"'»)\]]*/gi;

/** What may be shown of a statement. */
export interface CheckedStatement {
  readonly text: string;
  /** At least one. */
  readonly supports: readonly Support[];
}

/**
 * Holds a statement of a model against the sources it names. Sources that there are not do not count; words that do not
 * stand in the source make its support unverified, and so does a quotation in the statement that stands in none of them.
 * @returns Null when it must not be shown: it names no source that there is, or has an address that is in none of them
 */
export function checkStatement(statement: Statement, sources: readonly Source[]): CheckedStatement | null {
  const named = statement.sources.flatMap((mark) => {
    const source = sources.find(({ number }) => number === mark.number);
    return source === undefined ? [] : [{ source, mark }];
  });
  const text = withoutGaps(statement.text);
  if (named.length === 0 || !/\p{L}|\p{N}/u.test(text)) return null;
  const passages = named.map(({ source }) => source.passage);
  const hasStrangeAddress = (text.match(ADDRESS) ?? []).some((found) => {
    const address = found.replace(/[.,;:!?…،؛]+$/u, '');
    return !passages.some((passage) => passage.url === address || passage.text.includes(address));
  });
  if (hasStrangeAddress) return null;
  const quotations = Array.from(text.matchAll(QUOTATION), (match) => match[1] ?? match[2] ?? match[3] ?? '');
  const invents = quotations.some(
    (quotation) => isLong(quotation) && !passages.some((passage) => findQuote(passage.text, quotation) !== null),
  );
  return { text, supports: named.map((one) => supportOf(one, quotations, invents)) };
}

function supportOf(
  { source, mark }: { source: Source; mark: NamedSource },
  quotations: readonly string[],
  invents: boolean,
): Support {
  const candidates = mark.quote === null ? quotations : [mark.quote];
  const found = candidates.map((words) => findQuote(source.passage.text, words));
  const quote = found.find((span) => span !== null) ?? null;
  return { source, quote, verified: quote !== null && !invents };
}

/** One or two words in quotation marks are a name, not a quotation. */
function isLong(quotation: string): boolean {
  return quotation.trim().split(/\s+/).length > 2;
}

/** What is left where markers stood: doubled blanks, and blanks before a full stop. */
function withoutGaps(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ +([.,;:!?؟،؛…])/g, '$1')
    .trim();
}
