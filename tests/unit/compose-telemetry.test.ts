import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openTelemetry } from '../../src/compose-telemetry.js';
import { sampleFigures } from './telemetry/sample-figures.js';

const options = {
  logger: pino({ level: 'silent' }),
  version: '1.2.3',
  figures: async () => sampleFigures,
};

it('opens nothing when nothing is asked for', async () => {
  expect(await openTelemetry({ ...options, config: { hasMetrics: false } })).toEqual({});
});

it('opens metrics and traces, each by its setting', async () => {
  const { metrics, tracer, ...others } = await openTelemetry({
    ...options,
    config: { hasMetrics: true, otlpEndpoint: 'http://localhost:4318' },
  });
  expect(others).toEqual({});
  expect((await metrics?.page())?.text).toContain('fihrist_articles 48\n');
  expect(tracer?.begin(null, { method: 'GET', startedAt: performance.now() }).context.traceId).toMatch(
    /^[\da-f]{32}$/,
  );
  await tracer?.close();
});
