import type { ErrorCode } from '../domain/errors.js';
import type { StageTime } from './search-stages.js';

/** A request that is over, as metrics and traces see it. Times are by `performance.now()`. */
export interface ServedRequest {
  readonly method: string;
  /** The path as it is declared (`/v1/articles/{id}`), never as it was asked; null when no route was found. */
  readonly route: string | null;
  /** Whether it was for a probe or a page, which costs next to nothing. */
  readonly isLight: boolean;
  /** Null when the caller had gone before the whole reply was out. */
  readonly status: number | null;
  /** Null when nothing went wrong. */
  readonly errorCode: ErrorCode | null;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of every search that was asked for. */
  readonly stages: readonly StageTime[];
}
