/** Whose fault an error is decides its HTTP status family: caller → 4xx, operator → 503, bug → 500. */
export type ErrorFault = 'caller' | 'operator' | 'bug';

export interface ErrorEntry {
  readonly fault: ErrorFault;
  readonly httpStatus: number;
  /** One sentence for docs/errors.md: when it happens and what to do. */
  readonly meaning: string;
}
