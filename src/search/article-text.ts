import type { Passage } from '../domain/passage.js';

/** The text of an article without its title: its passages in reading order, a blank line between them. */
export function articleText(passages: readonly Pick<Passage, 'text'>[]): string {
  return passages.map(({ text }) => text).join('\n\n');
}
