/** The id that a wildcard of a path matched: Express gives it as its decoded segments. */
export function wildcardId(segments: unknown): string {
  return Array.isArray(segments) ? segments.join('/') : String(segments);
}
