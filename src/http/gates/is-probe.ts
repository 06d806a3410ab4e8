import type { Route } from '../route.js';

const PROBES: readonly string[] = ['/healthz', '/readyz'];

/** Whether a route only tells if the service works: that is answered to everyone, always. */
export function isProbe({ path }: Pick<Route, 'path'>): boolean {
  return PROBES.includes(path);
}
