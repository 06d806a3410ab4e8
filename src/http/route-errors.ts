import { ERROR_CATALOGUE } from '../domain/error-catalogue.js';
import type { ErrorCode } from '../domain/errors.js';
import type { Gate } from './gate.js';
import type { Route } from './route.js';

/** What can go wrong with any request, whatever it asks for. */
const ANY_REQUEST: readonly ErrorCode[] = [
  'INVALID_REQUEST',
  'REQUEST_TOO_SLOW',
  'SHUTTING_DOWN',
  'INTERNAL',
];
const STREAM: readonly ErrorCode[] = ['UNSUPPORTED_MEDIA_TYPE'];
const JSON_BODY: readonly ErrorCode[] = ['INVALID_JSON', 'UNKNOWN_FIELD', 'BODY_TOO_LARGE', ...STREAM];
const QUERY: readonly ErrorCode[] = ['UNKNOWN_FIELD'];

/** Every error that a route can answer with: of its own, of reading the request, and of the gates. By status, then code. */
export function routeErrors(route: Route, gates: readonly Gate[]): ErrorCode[] {
  const ofBody = route.body === undefined ? [] : route.body.kind === 'json' ? JSON_BODY : STREAM;
  const codes = new Set([
    ...route.errors,
    ...ANY_REQUEST,
    ...ofBody,
    ...(route.query === undefined ? [] : QUERY),
    ...gates.flatMap((gate) => gate.errorsOf(route)),
  ]);
  const statusOf = (code: ErrorCode) => ERROR_CATALOGUE[code].httpStatus;
  return [...codes].sort((one, other) => statusOf(one) - statusOf(other) || (one < other ? -1 : 1));
}
