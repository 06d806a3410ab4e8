import fc from 'fast-check';
import { type ApiDocument, listOperations, type PlacedOperation } from './api-document.js';
import { pathsOf, queriesOf, wildTargets } from './arbitrary-addresses.js';
import { type FuzzBody, nearlyValidBodies, validBodies, wildBodies } from './arbitrary-bodies.js';
import type { FuzzRequest } from './fuzz-request.js';
import { KNOWN_HEADERS } from './known-bodies.js';
import type { KnownWords } from './learn-words.js';
import type { SchemaValuesOptions } from './schema-values.js';

const NO_BODY: FuzzBody | null = null;

/** What a proxy, a browser or an attacker may send along. None of it may change whether the service stands. */
const strangeHeaders: fc.Arbitrary<FuzzRequest['headers']> = fc.oneof(
  fc.constantFrom<FuzzRequest['headers']>(
    { 'x-request-id': 'caller-1' },
    { 'x-request-id': 'a'.repeat(65) },
    { 'x-request-id': 'a b\u00e9' },
    { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    { traceparent: '00-00000000000000000000000000000000-0000000000000000-zz' },
    { accept: 'text/html' },
    { accept: '*/*;q=zz, ,,' },
    { accept: `${'a/b,'.repeat(1_000)}` },
    { 'accept-language': 'ar;q=2, en;q=-1, *' },
    { authorization: 'Bearer fhr_wrong' },
    { authorization: 'Basic ####' },
    { 'x-api-key': '__proto__' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1' },
    { 'x-forwarded-for': '198.51.100.7, <script>' },
    { 'x-http-method-override': 'DELETE' },
    { cookie: '__proto__=1; a=%' },
    { expect: '200-maybe' },
    { range: 'bytes=0-0,5-' },
    { 'if-none-match': '*' },
    { te: 'trailers' },
    { 'mcp-protocol-version': '1999-01-01' },
    { 'mcp-session-id': '__proto__' },
  ),
  fc.integer({ min: 1, max: 150 }).map((count) => ({
    'x-many': Array.from({ length: count }, (_, i) => `value-${i}`),
  })),
);

const someHeaders = fc.option(strangeHeaders, { freq: 4, nil: {} });

/** One in so many bodies comes in chunks. */
const chunked = fc.nat({ max: 9 }).map((die) => die === 0);

/** Requests of every operation of the document, each as often as any other, and some of no operation at all. */
export function arbitraryRequests(document: ApiDocument, words: KnownWords): fc.Arbitrary<FuzzRequest> {
  const options = { document, words };
  const ofOperations = listOperations(document).map((placed) => requestsOf(placed, options));
  return fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...ofOperations) },
    { weight: 1, arbitrary: wildRequests },
  );
}

function requestsOf(placed: PlacedOperation, options: SchemaValuesOptions): fc.Arbitrary<FuzzRequest> {
  const { operation } = placed;
  const hasBody = operation.requestBody !== undefined;
  const bodiesOf = (bodies: typeof validBodies): fc.Arbitrary<FuzzBody | null> =>
    hasBody ? bodies(operation, options) : fc.constant(NO_BODY);
  const request = (kind: FuzzRequest['kind'], body: fc.Arbitrary<FuzzBody | null>) => {
    const isHostile = kind !== 'valid';
    return fc
      .record({
        path: pathsOf(placed, options, isHostile),
        query: queriesOf(placed, options, isHostile && !hasBody),
        headers: (isHostile ? someHeaders : fc.constant({})).map((some) => ({
          ...KNOWN_HEADERS[operation.operationId],
          ...some,
        })),
        body,
        isChunked: isHostile ? chunked : fc.constant(false),
      })
      .map((parts) =>
        toRequest({ operationId: operation.operationId, kind, method: placed.method.toUpperCase() }, parts),
      );
  };
  return fc.oneof(
    { weight: 3, arbitrary: request('valid', bodiesOf(validBodies)) },
    { weight: 5, arbitrary: request('nearly_valid', bodiesOf(nearlyValidBodies)) },
    // A body where none is expected is not looked at.
    { weight: 2, arbitrary: request('wild', wildBodies) },
  );
}

const wildRequests = fc
  .record({
    method: fc.constantFrom(
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'TRACE',
      'PROPFIND',
      'QUERY',
    ),
    path: wildTargets,
    query: fc.constant(''),
    headers: fc.oneof(strangeHeaders, fc.constant({})),
    body: fc.option(wildBodies),
    isChunked: chunked,
  })
  .map(({ method, ...parts }) => toRequest({ operationId: null, kind: 'wild', method }, parts));

interface Parts {
  readonly path: string;
  readonly query: string;
  readonly headers: FuzzRequest['headers'];
  readonly body: FuzzBody | null;
  readonly isChunked: boolean;
}

function toRequest(
  what: Pick<FuzzRequest, 'operationId' | 'kind' | 'method'>,
  { path, query, headers, body, isChunked }: Parts,
): FuzzRequest {
  return {
    ...what,
    target: path + query,
    headers: { ...headers, ...body?.headers },
    body: body?.bytes ?? null,
    isChunked: isChunked && body !== null,
  };
}
