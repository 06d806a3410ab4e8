/** Longer addresses lose their parameters: twice encoded they would not pass as a request any more. */
const MAX_CHARACTERS = 4_000;
/** Only there to resolve paths against. */
const HERE = 'http://fihrist.invalid';

/**
 * Where to go after signing in, of an address that anybody may have written: a page of this service, as path and
 * parameters. What leads anywhere else becomes the first page: other hosts, in whatever spelling browsers understand
 * (`//host`, `/\host`, `/.//host`), other schemes, and signing in or out itself.
 */
export function readReturnAddress(address: string | null): string {
  if (address === null || !address.startsWith('/') || !URL.canParse(address, HERE)) return '/';
  const { origin, pathname, search } = new URL(address, HERE);
  const isPage = ['/', '/chat', '/status'].includes(pathname) || pathname.startsWith('/articles/');
  if (origin !== HERE || !isPage) return '/';
  return pathname.length + search.length > MAX_CHARACTERS ? pathname : pathname + search;
}
