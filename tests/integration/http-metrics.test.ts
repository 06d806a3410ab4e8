import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { Gate } from '../../src/http/gate.js';
import { PrometheusServiceMetrics } from '../../src/telemetry/prometheus-service-metrics.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';
import { type MetricsText, readMetrics } from '../unit/telemetry/read-metrics.js';
import { sampleFigures } from '../unit/telemetry/sample-figures.js';

const DURATION = 'fihrist_http_request_duration_seconds';

/** Asks for what an administrator alone may see. */
const gate: Gate = {
  errorsOf: () => ['NOT_READY'],
  check: ({ route, req }) => {
    if (route.scope === 'admin' && req.headers.authorization !== 'Bearer admin') {
      throw new FihristError('NOT_READY', 'not for you');
    }
  },
};

let service: TestServer;
let inFlight = 0;

beforeAll(async () => {
  const metrics = new PrometheusServiceMetrics({
    version: '1.2.3',
    figures: async () => ({ ...sampleFigures, requestsInFlight: service.server.requestsInFlight() }),
  });
  service = await startTestServer({
    metrics,
    gates: [gate],
    slowSearches: { thresholdMs: 40, showsQuery: false },
    search: async ({ query }, { stages }) => {
      if (query === 'held') inFlight = service.server.requestsInFlight();
      if (query === 'slow') await new Promise((resolve) => setTimeout(resolve, 60));
      if (query === 'broken') throw new FihristError('EMBEDDING_FAILED', 'no vector');
      stages?.took('rank', 10, 12);
      return sampleResult;
    },
  });
});
afterAll(() => service.server.close(1_000));

async function scrape(): Promise<MetricsText> {
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization: 'Bearer admin' } });
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readMetrics(await response.text());
}

function search(query: string): Promise<Response> {
  return fetch(`${service.url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
}

/** Label sets of the requests that were counted. */
const placesOf = (page: MetricsText) =>
  page.samples.filter(({ name }) => name === `${DURATION}_count`).map(({ labels }) => labels);

describe('GET /metrics', () => {
  test('is for administrators, where there are any', async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(503);
    expect((await scrape()).valueOf('fihrist_ready')).toBe(1);
  });

  test('is not there when it is switched off', async () => {
    const silent = await startTestServer();
    expect((await fetch(`${silent.url}/metrics`)).status).toBe(404);
    const { endpoints } = (await (await fetch(silent.url)).json()) as { endpoints: Record<string, string> };
    expect(endpoints).not.toHaveProperty('metrics');
    await silent.server.close(1_000);
  });

  test('counts each search once, with its stages', async () => {
    const before = await scrape();
    const of = { route: '/v1/search', method: 'POST', status: '200' };
    const stage = { stage: 'rank' };
    for (let i = 0; i < 3; i++) expect((await search('moon')).status).toBe(200);
    const after = await scrape();
    const risen = (name: string, labels: Record<string, string>) =>
      (after.valueOf(name, labels) ?? 0) - (before.valueOf(name, labels) ?? 0);
    expect(risen(`${DURATION}_count`, of)).toBe(3);
    expect(risen(`${DURATION}_bucket`, { ...of, le: '+Inf' })).toBe(3);
    expect(risen('fihrist_search_stage_duration_seconds_count', stage)).toBe(3);
    expect(risen('fihrist_search_stage_duration_seconds_sum', stage)).toBeCloseTo(0.006, 9);
  });

  test('names articles by the path that is declared, whichever was asked', async () => {
    for (const id of ['a', 'b/c', 'ar%2Fنوم']) await fetch(`${service.url}/v1/articles/${id}?secret=1`);
    const page = await scrape();
    const labels = { route: '/v1/articles/{id}', method: 'GET', status: '404' };
    expect(page.valueOf(`${DURATION}_count`, labels)).toBe(3);
    expect(JSON.stringify(page.samples)).not.toContain('secret');
  });

  test('makes no new label of a thousand paths that do not exist, nor of methods and ids', async () => {
    await fetch(`${service.url}/v9/first`);
    await fetch(`${service.url}/healthz`, { method: 'PUT' });
    await fetch(`${service.url}/v1/articles/first`);
    const before = await scrape();
    for (let i = 0; i < 1_000; i++) {
      const path = i % 10 === 0 ? `/v1/articles/unknown-${i}` : `/v9/unknown-${i}`;
      await (await fetch(service.url + path)).arrayBuffer();
    }
    for (const method of ['DELETE', 'PROPFIND', 'PATCH']) {
      await fetch(`${service.url}/healthz`, { method });
    }
    const after = await scrape();
    expect(placesOf(after)).toEqual(placesOf(before));
    expect(after.valueOf(`${DURATION}_count`, { route: 'none', status: '404' })).toBeGreaterThan(900);
  });

  test('counts refusals by code, also of what is no HTTP', async () => {
    await search('');
    await search('broken');
    await new Promise<void>((resolve) => {
      const socket = connect(service.port, '127.0.0.1', () => socket.end('nonsense\r\n\r\n'));
      socket.on('close', () => resolve()).resume();
    });
    const page = await scrape();
    const name = 'fihrist_http_refused_requests_total';
    expect(page.valueOf(name, { code: 'QUERY_EMPTY' })).toBe(1);
    expect(page.valueOf(name, { code: 'EMBEDDING_FAILED' })).toBe(1);
    expect(page.valueOf(name, { code: 'INVALID_REQUEST' })).toBe(1);
  });

  test('tells how many requests are under way', async () => {
    await search('held');
    expect(inFlight).toBe(1);
    expect((await scrape()).valueOf('fihrist_http_requests_in_flight')).toBe(1);
  });

  test('counts searches that were slow', async () => {
    await search('slow');
    expect((await scrape()).valueOf('fihrist_slow_searches_total')).toBe(1);
  });
});
