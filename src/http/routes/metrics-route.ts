import { z } from 'zod';
import type { ServiceMetrics } from '../../telemetry/service-metrics.js';
import { defineRoute, type Route } from '../route.js';

export function metricsRoute(metrics: ServiceMetrics): Route {
  return defineRoute({
    method: 'get',
    path: '/metrics',
    operationId: 'metrics',
    tag: 'service',
    summary: 'How the service is doing',
    description:
      'Counters, gauges and histograms in the text format of Prometheus: requests by route and status, where the time of ' +
      'searches goes, queues, caches, the size of the archive, memory and the event loop.',
    scope: 'admin',
    lane: 'light',
    replies: { 200: { description: 'The metrics.', content: { 'text/plain': z.string() } } },
    errors: ['STORE_UNUSABLE'],
    examples: { scrape: { summary: 'What Prometheus asks' } },
    handle: async ({ res }) => {
      const { contentType, text } = await metrics.page();
      const bytes = Buffer.from(text);
      res.setHeader('cache-control', 'no-store');
      res.setHeader('content-type', contentType);
      res.setHeader('content-length', bytes.length);
      res.end(bytes);
    },
  });
}
