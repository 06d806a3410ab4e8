import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PrometheusServiceMetrics } from '../../../src/telemetry/prometheus-service-metrics.js';
import type { ServedRequest } from '../../../src/telemetry/served-request.js';
import type { ServiceFigures } from '../../../src/telemetry/service-figures.js';
import { readMetrics } from './read-metrics.js';
import { sampleArchiveFigures, sampleFigures } from './sample-figures.js';

const SEARCH: ServedRequest = {
  method: 'POST',
  route: '/v1/search',
  isLight: false,
  status: 200,
  errorCode: null,
  startedAt: 1_000,
  endedAt: 1_007,
  stages: [
    { stage: 'embed', startedAt: 1_001, endedAt: 1_005 },
    { stage: 'rank', startedAt: 1_005, endedAt: 1_006 },
    { stage: 'rank', startedAt: 1_006, endedAt: 1_006.5 },
  ],
};

function setUp(first: ServiceFigures = sampleFigures) {
  const state = { figures: first };
  const metrics = new PrometheusServiceMetrics({ version: '1.2.3', figures: async () => state.figures });
  return { state, metrics, read: async () => readMetrics((await metrics.page()).text) };
}

describe('PrometheusServiceMetrics', () => {
  it('sorts requests by route, method and status', async () => {
    const { metrics, read } = setUp();
    metrics.served(SEARCH);
    metrics.served({ ...SEARCH, endedAt: 1_090 });
    metrics.served({ ...SEARCH, status: null });
    const page = await read();
    const ok = { route: '/v1/search', method: 'POST', status: '200' };
    const name = 'fihrist_http_request_duration_seconds';
    expect(page.valueOf(`${name}_count`, ok)).toBe(2);
    expect(page.valueOf(`${name}_sum`, ok)).toBeCloseTo(0.097, 9);
    expect(page.valueOf(`${name}_bucket`, { ...ok, le: '0.005' })).toBe(0);
    expect(page.valueOf(`${name}_bucket`, { ...ok, le: '0.01' })).toBe(1);
    expect(page.valueOf(`${name}_bucket`, { ...ok, le: '0.1' })).toBe(2);
    expect(page.valueOf(`${name}_bucket`, { ...ok, le: '+Inf' })).toBe(2);
    expect(page.valueOf(`${name}_count`, { status: 'aborted' })).toBe(1);
  });

  it('adds up the stages of searches, and shows those that never ran as zero', async () => {
    const { metrics, read } = setUp();
    metrics.served(SEARCH);
    const page = await read();
    const name = 'fihrist_search_stage_duration_seconds';
    expect(page.valueOf(`${name}_count`, { stage: 'embed' })).toBe(1);
    expect(page.valueOf(`${name}_sum`, { stage: 'embed' })).toBeCloseTo(0.004, 9);
    expect(page.valueOf(`${name}_count`, { stage: 'rank' })).toBe(2);
    expect(page.valueOf(`${name}_count`, { stage: 'vector' })).toBe(0);
  });

  it('counts refusals by their code, also of what was no request, and slow searches', async () => {
    const { metrics, read } = setUp();
    metrics.served({ ...SEARCH, status: 400, errorCode: 'QUERY_EMPTY' });
    metrics.served({ ...SEARCH, status: 400, errorCode: 'QUERY_EMPTY' });
    metrics.refused('INVALID_REQUEST');
    metrics.wasSlow();
    const page = await read();
    const name = 'fihrist_http_refused_requests_total';
    expect(page.valueOf(name, { code: 'QUERY_EMPTY' })).toBe(2);
    expect(page.valueOf(name, { code: 'INVALID_REQUEST' })).toBe(1);
    expect(page.valueOf('fihrist_slow_searches_total')).toBe(1);
  });

  it('puts all requests without a route under one label, whatever their method', async () => {
    const { metrics, read } = setUp();
    for (const method of ['GET', 'PROPFIND', 'M-SEARCH']) {
      metrics.served({ ...SEARCH, route: null, method, status: 404, errorCode: 'ROUTE_NOT_FOUND' });
    }
    const page = await read();
    const labels = { route: 'none', method: 'any', status: '404' };
    expect(page.valueOf('fihrist_http_request_duration_seconds_count', labels)).toBe(3);
  });

  it('shows the figures of the moment', async () => {
    const { state, read } = setUp();
    const page = await read();
    expect(page.valueOf('fihrist_http_requests_in_flight')).toBe(1);
    expect(page.valueOf('fihrist_ready')).toBe(1);
    expect(page.valueOf('fihrist_articles')).toBe(48);
    expect(page.valueOf('fihrist_passages', { language: 'ar' })).toBe(143);
    expect(page.valueOf('fihrist_store_size_bytes')).toBe(9_855_128);
    expect(page.valueOf('fihrist_index_generation')).toBe(49);
    expect(page.valueOf('fihrist_index_vectors')).toBe(287);
    expect(page.valueOf('fihrist_embedding_waiting_texts', { role: 'passage' })).toBe(64);
    expect(page.valueOf('fihrist_tasks', { state: 'queued' })).toBe(3);
    expect(page.valueOf('fihrist_tasks', { state: 'running' })).toBe(1);
    expect(page.valueOf('fihrist_last_backup_timestamp_seconds')).toBe(1_769_846_400);
    expect(page.valueOf('fihrist_cache_hits_total', { cache: 'queries' })).toBe(7);
    expect(page.valueOf('fihrist_cache_misses_total', { cache: 'results' })).toBe(5);
    expect(page.valueOf('fihrist_cache_entries', { cache: 'queries' })).toBe(3);
    expect(page.valueOf('fihrist_cache_size_bytes', { cache: 'results' })).toBe(40_000);
    expect(page.valueOf('fihrist_info', { version: '1.2.3', model: 'fake-model:1' })).toBe(1);

    const caches = { queries: { hits: 8, misses: 3, entries: 3, sizeBytes: 1 }, results: null };
    const archive = { ...sampleArchiveFigures, articles: 47, caches };
    state.figures = {
      ...sampleFigures,
      lastBackupMs: null,
      isReady: false,
      conditions: ['INDEXING', 'DISK_FULL'],
      archive,
    };
    const later = await read();
    expect(later.valueOf('fihrist_articles')).toBe(47);
    expect(later.valueOf('fihrist_cache_hits_total', { cache: 'queries' })).toBe(8);
    expect(later.valueOf('fihrist_cache_hits_total', { cache: 'results' })).toBeUndefined();
    expect(later.valueOf('fihrist_ready')).toBe(0);
    expect(later.valueOf('fihrist_last_backup_timestamp_seconds')).toBeUndefined();
    expect(later.valueOf('fihrist_condition', { code: 'INDEXING' })).toBe(1);
    expect(later.valueOf('fihrist_condition', { code: 'DISK_FULL' })).toBe(1);

    expect(later.valueOf('fihrist_memory_ceiling_bytes')).toBe(2_000_000_000);
    expect(later.valueOf('fihrist_memory_resident_bytes')).toBe(1_500_000_000);
    expect(later.valueOf('fihrist_memory_caches_emptied_total')).toBe(3);
    state.figures = { ...sampleFigures, memory: null };
    expect((await read()).valueOf('fihrist_memory_ceiling_bytes')).toBeUndefined();

    state.figures = sampleFigures;
    expect((await read()).valueOf('fihrist_condition')).toBeUndefined();
  });

  it('says nothing of an archive that is not open', async () => {
    const { read } = setUp({
      ...sampleFigures,
      isReady: false,
      conditions: ['STARTING'],
      tasks: null,
      archive: null,
    });
    const page = await read();
    expect(page.valueOf('fihrist_ready')).toBe(0);
    for (const name of ['fihrist_articles', 'fihrist_index_generation', 'fihrist_index_vectors']) {
      expect(page.valueOf(name)).toBeUndefined();
    }
    expect(page.valueOf('fihrist_passages', { language: 'ar' })).toBeUndefined();
  });

  it('tells of the process: memory, the event loop, and what was collected', async () => {
    const { metrics, read } = setUp();
    const page = await read();
    expect(page.valueOf('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(page.valueOf('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(page.metrics.get('nodejs_gc_duration_seconds')?.type).toBe('histogram');
    expect((await metrics.page()).mediaType).toBe('text/plain; version=0.0.4');
  });

  it('is listed in docs/operations.md, every metric of the program with its type and what it tells', async () => {
    const { metrics } = await setUp().read();
    const page = readFileSync('docs/operations.md', 'utf8');
    const listed = [...page.matchAll(/^\| `(fihrist_\w+)`[^|]*\| (\w+) \| (.*) \|$/gm)].map(
      ([, name, type, help]) => ({ name, type, help }),
    );
    const own = [...metrics].filter(([name]) => name.startsWith('fihrist_'));
    expect(listed).toEqual(own.map(([name, { type, help }]) => ({ name, type, help })));
  });
});
