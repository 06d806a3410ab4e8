/** Where a text stops being JSON, and what could have stood there. */
export interface JsonError {
  /** UTF-16 code units from the start; the length of the text when it ends too early. */
  readonly offset: number;
  readonly expected: string;
}

type Expectation = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end';

const IN_WORDS: Record<Expectation, string> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  key: 'a field name in double quotes',
  'key or }': 'a field name in double quotes or "}"',
  colon: '":"',
  'comma or end': '"," or the closing bracket',
};

const BLANK = /[ \t\n\r]*/y;
const STRING_PART = /(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Finds the first place where a text is not JSON, since the messages of `JSON.parse` often name none.
 * Runs only on texts that were refused already. Keeps its own stack, so deep nesting is no danger.
 *
 * @returns null when the text is JSON.
 * Cost: linear.
 */
export function findJsonError(text: string): JsonError | null {
  const open: Array<'}' | ']'> = [];
  let expectation: Expectation = 'value';
  let offset = skip(BLANK, text, 0);
  for (;;) {
    const character = text[offset];
    const closing = open.at(-1);
    const mayClose =
      expectation === 'comma or end' || expectation === 'value or ]' || expectation === 'key or }';
    if (expectation === 'comma or end' && closing === undefined) {
      return character === undefined ? null : { offset, expected: 'the end of the text' };
    }
    if (mayClose && character !== undefined && character === closing) {
      open.pop();
      offset += 1;
      expectation = 'comma or end';
    } else if (expectation === 'comma or end' && character === ',') {
      offset += 1;
      expectation = closing === '}' ? 'key' : 'value';
    } else if (expectation === 'colon' && character === ':') {
      offset += 1;
      expectation = 'value';
    } else if (character === '"' && expectation !== 'comma or end' && expectation !== 'colon') {
      const end = endOfString(text, offset);
      if (text[end] !== '"') return { offset: end, expected: 'the rest of a string' };
      offset = end + 1;
      expectation = expectation.startsWith('key') ? 'colon' : 'comma or end';
    } else if (expectation.startsWith('value') && (character === '{' || character === '[')) {
      open.push(character === '{' ? '}' : ']');
      offset += 1;
      expectation = character === '{' ? 'key or }' : 'value or ]';
    } else {
      const end = expectation.startsWith('value') ? skip(SCALAR, text, offset) : offset;
      if (end === offset) return { offset, expected: IN_WORDS[expectation] };
      offset = end;
      expectation = 'comma or end';
    }
    offset = skip(BLANK, text, offset);
  }
}

/** @returns Where the closing quote stands, or where the string goes wrong. */
function endOfString(text: string, start: number): number {
  let offset = start + 1;
  for (;;) {
    const next = skip(STRING_PART, text, offset);
    if (next === offset) return offset;
    offset = next;
  }
}

/** @returns The end of what `pattern` (sticky) matches at `offset`; `offset` when it matches nothing. */
function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}
