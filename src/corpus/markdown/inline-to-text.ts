const CODE = /(`{1,3})([^`\n]+)\1/;
const IMAGE = /!\[[^[\]]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^[\]]*\])/g;
const LINK = /\[([^[\]]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^[\]]*\])/g;
const FOOTNOTE = /\[\^[^[\]]{1,80}\]/g;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^<>\s]+)>/g;
const LINE_BREAK = /<br\s*\/?>/gi;
const TAG = /<\/?[a-zA-Z][^<>\n]*>/g;
const STRIKE = /~~/g;
const OPENING_EMPHASIS = /(?<![\p{L}\p{N}*_\\])[*_]{1,3}(?=[^\s*_])/gu;
const CLOSING_EMPHASIS = /(?<=[^\s*_\\])[*_]{1,3}(?![\p{L}\p{N}*_])/gu;
const ESCAPE = /\\([\\`*_{}[\]()#+\-.!|<>~"'])/g;
const ENTITY =
  /&(?:(amp|lt|gt|quot|apos|nbsp|mdash|ndash|hellip|laquo|raquo)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  laquo: '«',
  raquo: '»',
};

/** Reduces the marks inside one line of Markdown: links to their text, emphasis to nothing, images away, code as it is. */
export function inlineToText(line: string): string {
  return line
    .split(new RegExp(CODE, 'g'))
    .map((part, index, parts) => {
      if (index % 3 === 2) return part;
      return index % 3 === 1 && parts[index + 1] !== undefined ? '' : proseToText(part);
    })
    .join('')
    .trim();
}

function proseToText(prose: string): string {
  return prose
    .replace(IMAGE, '')
    .replace(LINK, '$1')
    .replace(FOOTNOTE, '')
    .replace(AUTOLINK, '$1')
    .replace(LINE_BREAK, ' ')
    .replace(TAG, '')
    .replace(STRIKE, '')
    .replace(OPENING_EMPHASIS, '')
    .replace(CLOSING_EMPHASIS, '')
    .replace(ESCAPE, '$1')
    .replace(ENTITY, decodeEntity);
}

function decodeEntity(entity: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return NAMED[name] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : entity;
}
