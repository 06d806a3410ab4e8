/**
 * Everything in a list that comes in pages. A page is asked for when the one before has been walked through; leaving the
 * loop asks for no more.
 */
export async function* listPages<Item>(
  readPage: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
  first: string | undefined,
): AsyncGenerator<Item, void, void> {
  let cursor: string | null | undefined = first;
  while (cursor !== null) {
    const { items, next } = await readPage(cursor);
    yield* items;
    cursor = next;
  }
}
