import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { RequestTracer } from './telemetry/request-tracer.js';
import type { ServiceFigures } from './telemetry/service-figures.js';
import type { ServiceMetrics } from './telemetry/service-metrics.js';

/** How often the log says that spans are lost: a collector that is away would fill it. */
const LOST_SPANS_PERIOD_MS = 60_000;

export interface OpenTelemetryOptions {
  readonly config: Pick<Config, 'hasMetrics' | 'otlpEndpoint'>;
  readonly logger: Logger;
  readonly version: string;
  readonly figures: () => Promise<ServiceFigures>;
}

/** What the settings ask for; what is not here is off. */
export interface Telemetry {
  readonly metrics?: ServiceMetrics;
  readonly tracer?: RequestTracer;
}

/**
 * Makes the parts that look into the service, with the packages that they need: what is switched off is not even loaded.
 */
export async function openTelemetry({
  config,
  logger,
  version,
  figures,
}: OpenTelemetryOptions): Promise<Telemetry> {
  const { hasMetrics, otlpEndpoint } = config;
  return {
    ...(hasMetrics ? { metrics: await openMetrics({ version, figures }) } : {}),
    ...(otlpEndpoint === undefined
      ? {}
      : { tracer: await openTracer({ endpoint: otlpEndpoint, version, onProblem: seldom(logger) }) }),
  };
}

async function openMetrics(options: Pick<OpenTelemetryOptions, 'version' | 'figures'>) {
  const { PrometheusServiceMetrics } = await import('./telemetry/prometheus-service-metrics.js');
  return new PrometheusServiceMetrics(options);
}

async function openTracer(options: {
  readonly endpoint: string;
  readonly version: string;
  readonly onProblem: (error: unknown) => void;
}) {
  const { OtlpRequestTracer } = await import('./telemetry/otlp-request-tracer.js');
  return new OtlpRequestTracer(options);
}

function seldom(logger: Logger): (error: unknown) => void {
  let nextAt = 0;
  return (error) => {
    const now = performance.now();
    if (now < nextAt) return;
    nextAt = now + LOST_SPANS_PERIOD_MS;
    logger.warn({ err: error }, 'traces could not be sent to FIHRIST_OTLP_ENDPOINT');
  };
}
