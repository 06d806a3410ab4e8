import { type EndMark, isSentenceEnd } from '../text/is-sentence-end.js';

/** What a model named as the source of a statement. */
export interface NamedSource {
  readonly number: number;
  /** The words that it says stand there. */
  readonly quote: string | null;
}

/** A sentence of a model's reply, without the markers that stood in it. */
export interface Statement {
  readonly text: string;
  readonly sources: readonly NamedSource[];
  /** Whether it begins a line. */
  readonly beginsLine: boolean;
}

/** Longer than any marker with a quote in it: an opening bracket that is not closed by then opens none. */
const MOST_MARKER_CHARACTERS = 1_500;
/**
 * `[1]`, `[1, 2]`, `[1][2]`, `[1: "words of the passage"]`; also with 【 】, other quotation marks or none, and Arabic
 * digits.
 */
const MARKER =
  /[[【]\s*(\p{Nd}{1,3}(?:\s*[,،]\s*\p{Nd}{1,3})*)\s*(?:[:：]\s*(?:["“”«„]([^\n]{1,1400}?)["“”»]|([^\n\]】]{1,1400})))?\s*[\]】]/gu;
const MARKER_AT_START = new RegExp(`^${MARKER.source}`, 'u');
const END_MARKS = /([.?!؟…\u06D4]+)[”»)\]"'’›}]*/gu;

/** What a reply holds so far: sentences that are whole, and the rest that may still grow. */
export interface StatementsRead {
  readonly statements: readonly Statement[];
  readonly rest: string;
}

/**
 * Takes the whole sentences off the beginning of a reply. A sentence is whole once the next one has begun, so that the
 * markers behind its full stop are its own.
 * @param reply  What came so far, without what was taken before.
 * @param isEnd  Whether nothing comes any more: then there is no rest.
 */
export function readStatements(reply: string, isEnd: boolean): StatementsRead {
  const { plain, markers, placeInReply } = withoutMarkers(isEnd ? reply : withoutOpenMarker(reply));
  const statements: Statement[] = [];
  let start = 0;
  for (const end of sentenceEnds(plain)) {
    if (!isEnd && !/\n|\S/.test(plain.slice(end))) break;
    const lead = /^\s*/.exec(plain.slice(start, end))?.[0] ?? '';
    const text = plain.slice(start, end).trim();
    const sources = markers
      .filter(({ at }) => at > start + lead.length && (at <= end || isBlank(plain.slice(end, at))))
      .flatMap((marker) => marker.sources);
    if (text !== '') {
      statements.push({ text, sources: uniqueSources(sources), beginsLine: lead.includes('\n') });
    }
    start = end;
  }
  return { statements, rest: isEnd ? '' : reply.slice(placeInReply(start)) };
}

function isBlank(text: string): boolean {
  return /^[^\S\n]*$/.test(text);
}

/** A reply without what may become a marker at its end. */
function withoutOpenMarker(reply: string): string {
  const open = Math.max(reply.lastIndexOf('['), reply.lastIndexOf('【'));
  if (open === -1 || reply.length - open > MOST_MARKER_CHARACTERS) return reply;
  return MARKER_AT_START.test(reply.slice(open)) ? reply : reply.slice(0, open);
}

interface PlainReply {
  readonly plain: string;
  /** In order; `at` is the place in `plain`. */
  readonly markers: ReadonlyArray<{ readonly at: number; readonly sources: readonly NamedSource[] }>;
  /** From a place in `plain` to the one in the reply, behind the markers that stand there. */
  readonly placeInReply: (at: number) => number;
}

function withoutMarkers(reply: string): PlainReply {
  let plain = '';
  let from = 0;
  const markers: Array<{ at: number; length: number; sources: NamedSource[] }> = [];
  for (const match of reply.matchAll(MARKER)) {
    plain += reply.slice(from, match.index);
    from = match.index + match[0].length;
    const numbers = (match[1] ?? '').split(/[,،]/).map((digits) => toNumber(digits.trim()));
    const quote = match[2] ?? match[3] ?? null;
    markers.push({
      at: plain.length,
      length: match[0].length,
      sources: numbers.map((number, i) => ({ number, quote: i === 0 ? quote : null })),
    });
  }
  plain += reply.slice(from);
  return {
    plain,
    markers,
    placeInReply: (place) =>
      markers.reduce((sum, { at, length }) => sum + (at <= place ? length : 0), place),
  };
}

/** First code points of the digits that Arabic and English are written with. */
const ZEROS = [0x30, 0x660, 0x6f0];

/** @returns NaN for digits of other scripts */
function toNumber(digits: string): number {
  const values = Array.from(digits, (digit) => {
    const codePoint = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => codePoint >= first && codePoint <= first + 9);
    return zero === undefined ? Number.NaN : codePoint - zero;
  });
  return values.reduce((number, value) => 10 * number + value, 0);
}

/** Where sentences and lines end, the last of which is the end of the text. */
function sentenceEnds(text: string): number[] {
  const ends = new Set(Array.from(text.matchAll(/\n/g), ({ index }) => index));
  for (const match of text.matchAll(END_MARKS)) {
    const end = match.index + match[0].length;
    const mark: EndMark = { start: match.index, marksEnd: match.index + (match[1]?.length ?? 0), end };
    if (isSentenceEnd(text, mark)) ends.add(end);
  }
  ends.add(text.length);
  return [...ends].sort((a, b) => a - b);
}

function uniqueSources(sources: readonly NamedSource[]): NamedSource[] {
  const byNumber = new Map<number, NamedSource>();
  for (const source of sources) {
    const known = byNumber.get(source.number);
    if (known === undefined || known.quote === null) byNumber.set(source.number, source);
  }
  return [...byNumber.values()];
}
