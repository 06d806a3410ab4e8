/** Instants from `startMs` up to but not with `endMs`, in milliseconds since 1970 UTC. */
export interface TimePeriod {
  readonly startMs: number;
  readonly endMs: number;
}

/** Fields of an article that are compared letter by letter. */
export type TextFilterKey = 'tags' | 'source' | 'articleId' | 'language';

/** `in`: the article has one of the values, or was published within one of the periods. `nin`: it has none. */
export type FilterCondition =
  | { readonly type: 'in' | 'nin'; readonly key: TextFilterKey; readonly values: readonly string[] }
  | { readonly type: 'in' | 'nin'; readonly key: 'publishedAt'; readonly periods: readonly TimePeriod[] };

export interface FilterGroup {
  readonly type: 'and' | 'or';
  /** Never empty. */
  readonly filters: readonly SearchFilter[];
}

/**
 * Which articles' passages may be found. Whatever was asked (eq, gte, …) is said in `in` and `nin`, so that whoever
 * applies a filter knows two conditions and two groups.
 */
export type SearchFilter = FilterCondition | FilterGroup;
