import { afterEach, describe, expect, test } from 'vitest';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import type { ApiDocument } from '../fuzz/api-document.js';
import type { FuzzRequest } from '../fuzz/fuzz-request.js';
import { fuzzService } from '../fuzz/fuzz-service.js';
import { ReplyJudge } from '../fuzz/judge-reply.js';
import type { FuzzReply } from '../fuzz/send-request.js';
import { document } from '../unit/http/openapi-document.js';
import type { TestServer } from '../unit/http/start-test-server.js';
import { startSampleService } from './sample-service.js';

/** The long form is `npm run fuzz`. */
const COUNT = 300;
const SEED = 20_240_301;

const running: TestServer[] = [];

async function start(overrides: Partial<HttpServerOptions> = {}): Promise<TestServer> {
  const service = await startSampleService(overrides);
  running.push(service);
  return service;
}
afterEach(() => Promise.all(running.splice(0).map(({ server }) => server.close(0))));

describe('requests made of the OpenAPI document, right and wrong', () => {
  test('are all answered as the document says', async () => {
    const { url, logLines } = await start();
    const report = await fuzzService({ url, count: COUNT, seed: SEED });
    expect(report.failures).toEqual([]);
    expect(report.sent).toBe(COUNT);
    const statuses = new Set(Object.values(report.statuses).flatMap((counts) => Object.keys(counts)));
    for (const status of ['200', '400', '404', '415']) expect(statuses).toContain(status);
    expect(logLines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  test('are the same for the same seed, and find what is broken', async () => {
    const search: HttpServerOptions['search'] = async () => {
      throw new TypeError('broken');
    };
    const reports = [];
    for (const seed of [1, 1, 2]) {
      const { url } = await start({ search });
      reports.push(await fuzzService({ url, count: 60, seed, concurrency: 1 }));
    }
    const [one, again, other] = reports.map(({ failures }) => failures.map(({ request }) => request));
    expect(one!.length).toBeGreaterThan(0);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(reports[0]!.failures[0]!.problems[0]).toMatch(/^status 500/);
  });
});

describe('a reply is found wrong', () => {
  const judge = new ReplyJudge(document as unknown as ApiDocument);
  const request: FuzzRequest = {
    operationId: 'search',
    kind: 'valid',
    method: 'POST',
    target: '/v1/search',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"x"}',
    isChunked: false,
  };
  const error = {
    code: 'QUERY_EMPTY',
    message: 'm',
    type: 'caller',
    details: {},
    link: '/docs/errors#query_empty',
  };
  const reply = (status: number, body: unknown, headers: FuzzReply['headers'] = {}): FuzzReply => ({
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'a-1',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

  test('never, when it is as documented', () => {
    expect(judge.problems(request, reply(400, { error }))).toEqual([]);
  });

  test.each<[string, FuzzReply, RegExp]>([
    [
      'a status that nobody documented',
      reply(418, { error }),
      /documents no application\/json with status 418/,
    ],
    ['another media type', reply(400, 'x', { 'content-type': 'text/plain' }), /documents no text\/plain/],
    ['no JSON', reply(400, '{'), /is no application\/json/],
    ['a field too many', reply(400, { error, stack: 'x' }), /additional properties/],
    ['a field too few', reply(400, { error: { ...error, link: undefined } }), /required property 'link'/],
    ['a code of another status', reply(400, { error: { ...error, code: 'INTERNAL' } }), /INTERNAL, which/],
    ['a failure', reply(500, { error: { ...error, code: 'INTERNAL', type: 'bug' } }), /^status 500/],
    ['a stack', reply(400, { error: { ...error, message: 'x\n    at f (a.js:1:2)' } }), /shows its inside/],
    ['no request id', reply(400, { error }, { 'x-request-id': undefined }), /x-request-id is undefined/],
    [
      'no word against sniffing',
      reply(400, { error }, { 'x-content-type-options': undefined }),
      /x-content-type/,
    ],
  ])('with %s', (_, given, problem) => {
    expect(judge.problems(request, given).join('\n')).toMatch(problem);
  });

  test('when it takes what the document forbids', () => {
    const forbidden = { ...request, body: '{"query":1}' };
    const answer = reply(200, '');
    expect(judge.problems(forbidden, answer)).toContain('answers 200 to a body that the document forbids');
    expect(judge.problems(request, answer)).not.toContain('answers 200 to a body that the document forbids');
  });

  test('when it has another request id than was sent', () => {
    const named = { ...request, headers: { ...request.headers, 'x-request-id': 'b-2' } };
    expect(judge.problems(named, reply(400, { error })).join()).toMatch(
      /x-request-id is a-1, and b-2 was sent/,
    );
  });
});
