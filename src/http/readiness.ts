/** Why searches are not answered, or not from all there is. docs/operations.md explains each, and a test holds them together. */
export const READINESS_REASONS = [
  'STARTING',
  'MODEL_LOADING',
  'INDEX_OPENING',
  'INDEXING',
  'MODEL_CHANGED',
  'WORKER_STOPPED',
  'WORKER_SILENT',
  'MEMORY_SHORT',
  'SHUTTING_DOWN',
] as const;

/**
 * What does not keep searches from being answered, but needs somebody's attention: why the last write failed, does not
 * come to an end, or is not taken.
 */
export const READINESS_WARNINGS = [
  'DISK_FULL',
  'STORE_READ_ONLY',
  'STORE_LOCKED',
  'STORE_UNUSABLE',
  'WORKER_SILENT',
  'MEMORY_SHORT',
] as const;

export interface Condition<Code extends string> {
  readonly code: Code;
  /** A sentence for people. */
  readonly message: string;
}

export type ReadinessReason = Condition<(typeof READINESS_REASONS)[number]>;
export type ReadinessWarning = Condition<(typeof READINESS_WARNINGS)[number]>;

/** Whether searches can be answered, and if not, why. */
export interface Readiness {
  /** Exactly when there is no reason against it. */
  readonly ready: boolean;
  readonly reasons: readonly ReadinessReason[];
  /** Default: none. */
  readonly warnings?: readonly ReadinessWarning[];
  /** How far the run that is going on is; null when none is. A service can be ready while it indexes. */
  readonly indexing: { readonly articlesDone: number; readonly articlesTotal: number } | null;
}

/** What a service that is closing says, whatever it said before. */
export function whileClosing(readiness: Readiness): Readiness {
  const reason = { code: 'SHUTTING_DOWN', message: 'the service is stopping' } as const;
  return { ...readiness, ready: false, reasons: [...readiness.reasons, reason] };
}
