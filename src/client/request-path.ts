import { invalidArgument } from './fihrist-error.js';

type Parameter = string | number | boolean | readonly string[] | null | undefined;

/** What follows `?`, with it; empty when there is nothing. Lists have commas; what is undefined or null is left out. */
export function toSearch(parameters: Readonly<Record<string, Parameter>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null) given.set(name, String(value));
  }
  const search = given.toString();
  return search === '' ? '' : `?${search}`;
}

/**
 * An id as a part of a path.
 * @throws ARGUMENT_INVALID for one that a path cannot hold: an address with it is one of something else
 */
export function toPathPart(id: string, field: string): string {
  if (id === '' || id === '.' || id === '..' || /\p{Surrogate}/u.test(id)) {
    throw invalidArgument(
      field,
      'an id of whole characters that is neither empty nor "." nor ".."',
      JSON.stringify(id),
    );
  }
  return encodeURIComponent(id);
}
