import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';
import { searchFilterSchema } from '../../../src/search/search-filter-schema.js';

function isRead(filter: unknown): boolean {
  try {
    readSearchFilter(filter, 'filters');
    return true;
  } catch {
    return false;
  }
}

const oneValue = fc.constantFrom<unknown>('2024', '2024-03-01', '2024-03-01T09:30:00Z', 7, null);
const listOfValues = fc.constantFrom<unknown>(['2024'], ['2024', '2023-01'], [], [7], '2024');

/** A condition that is right more often than not: now and then a type, key or value is of another one, or none. */
const condition = fc.oneof(
  fc.record({
    type: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'like'),
    key: fc.constantFrom('tags', 'source', 'article_id', 'published_at', 'published_at', 'title'),
    value: oneValue,
  }),
  fc.record({
    type: fc.constantFrom('in', 'nin', 'in', 'nin', 'eq', 'and'),
    key: fc.constantFrom('tags', 'source', 'article_id', 'published_at'),
    value: listOfValues,
  }),
  fc.record({ type: fc.constant('eq'), key: fc.constant('tags'), value: oneValue, extra: fc.constant(1) }),
);
const { filter } = fc.letrec((tie) => ({
  filter: fc.oneof({ depthSize: 'small', maxDepth: 3 }, condition, tie('group')),
  group: fc.record({
    type: fc.constantFrom('and', 'or', 'and', 'or', 'eq'),
    filters: fc.array(tie('filter'), { maxLength: 2 }),
  }),
}));

describe('the schema of filters in the reference', () => {
  it('admits exactly the filters that are read', () => {
    let read = 0;
    fc.assert(
      fc.property(filter, (given) => {
        const admitted = isRead(given);
        read += admitted ? 1 : 0;
        expect(searchFilterSchema.safeParse(given).success).toBe(admitted);
      }),
      { numRuns: 1_000, seed: 1 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
