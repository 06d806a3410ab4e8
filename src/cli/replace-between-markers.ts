import { FihristError } from '../domain/errors.js';

/**
 * Puts lines between `<!-- <name>:start -->` and `<!-- <name>:end -->` of a Markdown page, instead of what is there.
 * @throws INVALID_REQUEST (caller) when the page does not have both markers, each on a line of its own, in this order
 */
export function replaceBetweenMarkers(
  page: { readonly path: string; readonly text: string },
  name: string,
  lines: readonly string[],
): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const pageLines = page.text.split('\n');
  const from = pageLines.indexOf(start);
  const to = pageLines.indexOf(end, from + 1);
  if (from === -1 || to === -1) {
    const allowed = `a page with the lines ${start} and ${end}`;
    throw new FihristError('INVALID_REQUEST', `page must be ${allowed}, not ${page.path}.`, {
      details: { field: 'page', allowed, value: page.path },
    });
  }
  return [...pageLines.slice(0, from + 1), '', ...lines, '', ...pageLines.slice(to)].join('\n');
}
