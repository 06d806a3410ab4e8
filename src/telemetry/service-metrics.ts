import type { ErrorCode } from '../domain/errors.js';
import type { ServedRequest } from './served-request.js';

/** What a monitoring system reads, as text. */
export interface MetricsPage {
  /** With its parameters, the charset (UTF-8) left out. */
  readonly mediaType: string;
  readonly text: string;
}

/** Counts what the service does. Nothing that a caller can choose freely may become a label. */
export interface ServiceMetrics {
  /** Must be cheap: it is told of every request. */
  served(request: ServedRequest): void;
  /** Told of a request that was refused before it could be read as one. */
  refused(code: ErrorCode): void;
  /** Told of a search that took longer than it should. */
  wasSlow(): void;
  /** All that was counted, with the figures of the moment. */
  page(): Promise<MetricsPage>;
}
