import { describe, expect, test } from 'vitest';
import { cutPage, readPageCursor, toPageCursor } from '../../../src/http/page-cursor.js';

const items = ['a', 'b', 'ج/🌱'].map((id) => ({ id }));

describe('pages', () => {
  test('end with a cursor that leads to the next one', () => {
    const { page, nextCursor } = cutPage(items, 2);
    expect(page).toEqual(items.slice(0, 2));
    expect(readPageCursor(nextCursor!)).toBe('b');
  });

  test('have no cursor when nothing is left', () => {
    expect(cutPage(items, 3)).toEqual({ page: items, nextCursor: null });
    expect(cutPage([], 3)).toEqual({ page: [], nextCursor: null });
  });

  test('have cursors that can stand in an address as they are', () => {
    const cursor = toPageCursor('ج/🌱?&');
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(readPageCursor(cursor)).toBe('ج/🌱?&');
  });

  test.each(['', '!', 'a', 'YQ=='])('refuse the cursor "%s", which they did not give', (cursor) => {
    expect(() => readPageCursor(cursor)).toThrow(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        details: expect.objectContaining({ field: 'cursor' }),
      }),
    );
  });
});
