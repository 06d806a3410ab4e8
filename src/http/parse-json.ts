import { isUtf8 } from 'node:buffer';
import { FihristError } from '../domain/errors.js';
import { findJsonError } from './find-json-error.js';
import { jsonDepth } from './json-depth.js';

/** No request of any route is deeper; what goes through values level by level would run out of stack at some thousands. */
const MAX_DEPTH = 100;

/**
 * Reads a request body. A leading byte order mark is passed over.
 * @throws INVALID_JSON (caller) saying whether it is empty, not UTF-8 or where it stops being JSON
 * @throws INVALID_REQUEST (caller) when it is nested too deeply
 */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) {
    throw new FihristError(
      'INVALID_JSON',
      'The request body is empty; a JSON object such as {"query": "..."} is expected.',
    );
  }
  if (!isUtf8(bytes)) {
    throw new FihristError('INVALID_JSON', 'The request body is not valid UTF-8; encode the text as UTF-8.');
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const depth = jsonDepth(text);
  if (depth > MAX_DEPTH) {
    throw new FihristError(
      'INVALID_REQUEST',
      `The request body is nested ${depth} levels deep; at most ${MAX_DEPTH} are allowed.`,
      { details: { field: 'body', limit: MAX_DEPTH, value: depth } },
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidJson(text, cause);
  }
}

function invalidJson(text: string, cause: unknown): FihristError {
  const found = findJsonError(text);
  if (found === null)
    return new FihristError('INVALID_JSON', 'The request body is not valid JSON.', { cause });
  const { offset, expected } = found;
  const linesBefore = text.slice(0, offset).split('\n');
  const line = linesBefore.length;
  const column = (linesBefore.at(-1)?.length ?? 0) + 1;
  const character = text.codePointAt(offset);
  const what =
    character === undefined ? 'it ends' : `${JSON.stringify(String.fromCodePoint(character))} stands`;
  return new FihristError(
    'INVALID_JSON',
    `The request body is not valid JSON: at position ${offset} (line ${line}, column ${column}) ${what} where ${expected} was expected.`,
    { details: { position: offset, line, column, expected }, cause },
  );
}
