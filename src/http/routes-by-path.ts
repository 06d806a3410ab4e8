import type { Route } from './route.js';

/**
 * The routes of each path, paths in the order that they are to be tried in: since a parameter may hold slashes,
 * `/v1/articles/{id}` fits what `/v1/articles/{id}/passages` is for, and has to come after it.
 */
export function routesByPath(routes: readonly Route[]): ReadonlyArray<readonly [string, readonly Route[]]> {
  const byPath = new Map<string, Route[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  return [...byPath].sort(([one], [other]) => fixedLength(other) - fixedLength(one));
}

/** Characters that do not depend on parameters; a path without parameters fits one address only and may come first. */
function fixedLength(path: string): number {
  return path.includes('{') ? path.replace(/\{\w+\}/g, '').length : Number.MAX_SAFE_INTEGER;
}
