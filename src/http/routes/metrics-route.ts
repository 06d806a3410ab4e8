import { z } from 'zod';
import type { ServiceMetrics } from '../../telemetry/service-metrics.js';
import { READING_ERRORS } from '../archive-errors.js';
import { defineRoute, type Route } from '../route.js';
import { sendText } from '../send-text.js';

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
    errors: READING_ERRORS.filter((code) => code !== 'NOT_READY'),
    examples: { scrape: { summary: 'What Prometheus asks' } },
    handle: async ({ res }) => {
      const { mediaType, text } = await metrics.page();
      res.setHeader('cache-control', 'no-store');
      sendText(res, mediaType, text);
    },
  });
}
