/**
 * What can go wrong with a language model: it cannot be reached, its server answers with an error, takes too long, stops
 * in the middle, sends what is no reply, sends too much, or nothing.
 */
export const MODEL_FAILURE_REASONS = [
  'unreachable',
  'refused',
  'timeout',
  'cut_off',
  'not_understood',
  'too_large',
  'empty',
] as const;

export type ModelFailureReason = (typeof MODEL_FAILURE_REASONS)[number];

/** A language model gave no usable reply. Never reaches a person: there is another way to answer. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly reason: ModelFailureReason;

  /** @param message  For the log. */
  constructor(reason: ModelFailureReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
