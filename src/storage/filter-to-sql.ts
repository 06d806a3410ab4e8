import type { SearchFilter } from '../domain/search-filter.js';

/** A condition on a row of `articles a`, with one parameter for each `?`. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** Each asks for the values as one JSON array, since SQLite allows 32,766 parameters and a filter may have more values. */
const HAS_ONE_OF = {
  source: 'a.source IN (SELECT value FROM json_each(?))',
  articleId: 'a.id IN (SELECT value FROM json_each(?))',
  language: 'a.language IN (SELECT value FROM json_each(?))',
  // Sets of articles, found once a query: not looked for again with every row.
  tags: `a.number IN (SELECT tagged.number FROM articles tagged, json_each(tagged.tags) tag
                       WHERE tag.value IN (SELECT value FROM json_each(?)))`,
  publishedAt: `a.number IN (SELECT dated.number FROM json_each(?) period CROSS JOIN articles dated
                              WHERE dated.published_ms >= period.value ->> 0 AND dated.published_ms < period.value ->> 1)`,
};

/**
 * Says a filter in SQL. Nothing of what the caller wrote gets into the text: values are bound.
 * Cost of running it: one look into an index a value for source, id and period; all articles once a condition on tags.
 */
export function filterToSql(filter: SearchFilter): SqlCondition {
  if ('filters' in filter) {
    const inner = filter.filters.map(filterToSql);
    return {
      sql: `(${inner.map(({ sql }) => sql).join(filter.type === 'and' ? ' AND ' : ' OR ')})`,
      parameters: inner.flatMap(({ parameters }) => parameters),
    };
  }
  const values =
    filter.key === 'publishedAt'
      ? filter.periods.map(({ startMs, endMs }) => [startMs, endMs])
      : filter.values;
  const sql = HAS_ONE_OF[filter.key];
  return { sql: filter.type === 'in' ? sql : `NOT (${sql})`, parameters: [JSON.stringify(values)] };
}
