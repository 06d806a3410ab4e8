import { afterEach, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { OtlpRequestTracer } from '../../src/telemetry/otlp-request-tracer.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer, until } from '../unit/http/start-test-server.js';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const PARENT = `00-${TRACE}-${SPAN}-01`;

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(overrides: Partial<HttpServerOptions> = {}): Promise<TestServer> {
  const service = await startTestServer({
    search: async ({ query }, { stages }) => {
      const now = performance.now();
      stages?.took('embed', now - 3, now - 1);
      if (query === 'broken') throw new FihristError('EMBEDDING_FAILED', 'no vector');
      stages?.took('rank', now - 1, now);
      return sampleResult;
    },
    ...overrides,
  });
  closing.push(() => service.server.close(1_000));
  return service;
}

const search = (url: string, headers: Record<string, string> = {}, query = 'moon') =>
  fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

describe("a caller's trace", () => {
  test('goes into every line of the log and comes back as it was', async () => {
    const service = await start();
    const { headers } = await search(service.url, { traceparent: PARENT, tracestate: 'vendor=1' }, 'broken');
    expect([headers.get('traceparent'), headers.get('tracestate')]).toEqual([PARENT, 'vendor=1']);
    await until(() => service.logLines.length === 2);
    for (const line of service.logLines) expect(line).toMatchObject({ trace_id: TRACE, span_id: SPAN });
  });

  test('is not made up when there is none, or none that can be read', async () => {
    const service = await start();
    for (const headers of [{}, { traceparent: 'nonsense', tracestate: 'vendor=1' }]) {
      const reply = await search(service.url, headers);
      expect([reply.headers.get('traceparent'), reply.headers.get('tracestate')]).toEqual([null, null]);
    }
    await until(() => service.logLines.length === 2);
    for (const line of service.logLines) expect(line).not.toHaveProperty('trace_id');
  });
});

describe('traces by OTLP', () => {
  let receiver: OtlpReceiver;

  /** @returns A service whose spans have arrived when `sent` is resolved. */
  async function startTraced(endpoint = '') {
    receiver = await startOtlpReceiver();
    closing.push(() => receiver.close());
    const problems: unknown[] = [];
    const tracer = new OtlpRequestTracer({
      endpoint: receiver.url + endpoint,
      version: '1.2.3',
      onProblem: (error) => problems.push(error),
    });
    const service = await start({ tracer });
    const ended = async (requests: number) => {
      await until(() => service.logLines.filter(({ msg }) => msg === 'request').length === requests);
      await tracer.close();
      expect(problems).toEqual([]);
    };
    return { service, ended };
  }

  const attributesOf = ({ attributes }: ReceivedSpan) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
  const named = (name: string) => receiver.spans.filter((span) => span.name === name);

  test('have a span for the request and one for each stage of its search, in the trace of the caller', async () => {
    const { service, ended } = await startTraced();
    const before = Date.now();
    const reply = await search(service.url, { traceparent: PARENT, tracestate: 'vendor=1' });
    await ended(1);
    const [request] = named('POST /v1/search');
    expect(request).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, kind: 2, traceState: 'vendor=1' });
    expect(attributesOf(request!)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/search',
      'http.response.status_code': 200,
    });
    expect(reply.headers.get('traceparent')).toBe(`00-${TRACE}-${request!.spanId}-01`);
    expect(service.logLines[0]).toMatchObject({ trace_id: TRACE, span_id: request!.spanId });
    for (const [name, ms] of [
      ['search embed', 2],
      ['search rank', 1],
    ] as const) {
      const [stage] = named(name);
      expect(stage).toMatchObject({ traceId: TRACE, parentSpanId: request!.spanId });
      const nanoseconds = BigInt(stage!.endTimeUnixNano) - BigInt(stage!.startTimeUnixNano);
      expect(Number(nanoseconds) / 1e6).toBeCloseTo(ms, 1);
      expect(Math.abs(Number(BigInt(stage!.endTimeUnixNano) / 1_000_000n) - before)).toBeLessThan(30_000);
    }
    expect(receiver.spans).toHaveLength(3);
    expect(receiver.resource).toMatchObject({ 'service.name': 'fihrist', 'service.version': '1.2.3' });
    expect(receiver.paths).toEqual(['POST /v1/traces']);
  });

  test('begin here when the caller has none, and are told to it', async () => {
    const { service, ended } = await startTraced('/v1/traces');
    const reply = await search(service.url);
    await ended(1);
    const [request] = named('POST /v1/search');
    expect(request!.parentSpanId ?? '').toBe('');
    expect(reply.headers.get('traceparent')).toBe(`00-${request!.traceId}-${request!.spanId}-01`);
    expect(receiver.paths).toEqual(['POST /v1/traces']);
  });

  test('are not recorded when the caller does not want it, though they are handed on', async () => {
    const { service, ended } = await startTraced();
    const reply = await search(service.url, { traceparent: `00-${TRACE}-${SPAN}-00` });
    await ended(1);
    expect(reply.headers.get('traceparent')).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-00$`));
    expect(receiver.spans).toEqual([]);
  });

  test('leave out probes that nobody traces', async () => {
    const { service, ended } = await startTraced();
    await fetch(`${service.url}/healthz`);
    await fetch(`${service.url}/readyz`, { headers: { traceparent: PARENT } });
    await ended(2);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['GET /readyz']);
  });

  test('tell failures of the service from mistakes of its callers, and never what was asked for', async () => {
    const { service, ended } = await startTraced();
    await search(service.url, {}, 'broken');
    await search(service.url, {}, '');
    await fetch(`${service.url}/secret/path?secret=1`);
    await ended(3);
    const [failed, mistaken] = named('POST /v1/search');
    expect([failed!.status.code, attributesOf(failed!)['error.type']]).toEqual([2, 'EMBEDDING_FAILED']);
    expect(mistaken!.status.code ?? 0).toBe(0);
    expect(attributesOf(mistaken!)).toMatchObject({ 'error.type': 'QUERY_EMPTY' });
    const [lost] = named('GET');
    expect(attributesOf(lost!)).toMatchObject({ 'http.response.status_code': 404 });
    expect(attributesOf(lost!)).not.toHaveProperty('http.route');
    expect(JSON.stringify(receiver.spans)).not.toContain('secret');
  });

  test.each([
    ['refuses them', 400],
    ['is not there', null],
  ])('are lost when the collector %s, which is told, and does not hold up the end', async (_, status) => {
    const unwilling = await startOtlpReceiver(status ?? 200);
    if (status === null) await unwilling.close();
    else closing.push(() => unwilling.close());
    const problems: unknown[] = [];
    const tracer = new OtlpRequestTracer({
      endpoint: unwilling.url,
      version: '1.2.3',
      onProblem: (error) => problems.push(error),
      timeoutMs: 500,
    });
    const service = await start({ tracer });
    expect((await search(service.url)).status).toBe(200);
    await until(() => service.logLines.length === 1);
    const startedAt = performance.now();
    await tracer.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(problems).toEqual([expect.any(Error)]);
  });
});
