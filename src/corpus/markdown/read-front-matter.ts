import { parse } from 'yaml';
import { FihristError } from '../../domain/errors.js';

const OPENING = /^---[ \t]*\r?\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*\r?$/m;

/** The two parts of a Markdown file: what its author says of it, not yet checked, and the text. */
export interface FrontMatter {
  readonly data: unknown;
  readonly body: string;
}

/**
 * Takes the YAML between two `---` lines off the head of a Markdown text. A text without it has no data.
 *
 * @throws ARTICLE_INVALID when the YAML cannot be read or is no mapping.
 */
export function readFrontMatter(markdown: string, name: string): FrontMatter {
  const opening = OPENING.exec(markdown)?.[0];
  if (opening === undefined) return { data: {}, body: markdown };
  const rest = markdown.slice(opening.length);
  const closing = CLOSING.exec(rest);
  if (closing === null) return { data: {}, body: markdown };
  return {
    data: parseYaml(rest.slice(0, closing.index), name),
    body: rest.slice(closing.index + closing[0].length),
  };
}

function parseYaml(yaml: string, name: string): object {
  try {
    const data: unknown = parse(yaml, { logLevel: 'error' }) ?? {};
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw invalid(name, `the front matter is not valid YAML: ${reason}`, cause);
  }
  throw invalid(name, 'the front matter must be a list of "field: value" lines.');
}

function invalid(name: string, problem: string, cause?: unknown): FihristError {
  return new FihristError('ARTICLE_INVALID', `${name}: ${problem}`, { details: { file: name }, cause });
}
