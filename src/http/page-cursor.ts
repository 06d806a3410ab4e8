import type { FihristError } from '../domain/errors.js';
import { invalidField } from '../search/refuse-field.js';

/** Names the place where a page ended, in letters that need no encoding in an address. */
export function toPageCursor(lastId: string): string {
  return Buffer.from(lastId, 'utf8').toString('base64url');
}

/** @returns The id that the page before ended with. @throws INVALID_REQUEST (caller) */
export function readPageCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (id !== '' && toPageCursor(id) === cursor) return id;
  throw notACursor(cursor);
}

function notACursor(cursor: string): FihristError {
  return invalidField('cursor', 'the next_cursor of the page before', cursor);
}

/**
 * Cuts a list that was read one longer than the page, to tell whether there is more.
 * @returns The page, and the cursor of the next one: null when this is the last.
 */
export function cutPage<Item extends { readonly id: string }>(
  items: readonly Item[],
  limit: number,
): { readonly page: readonly Item[]; readonly nextCursor: string | null } {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: items.length > limit && last !== undefined ? toPageCursor(last.id) : null };
}
