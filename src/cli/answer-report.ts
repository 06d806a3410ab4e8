/** The parts of a check of answers that the command shows. */
export interface AnswerReport {
  readonly answerable: {
    readonly questions: number;
    readonly answered: number;
    readonly rightFirst: number;
    readonly rightCited: number;
    readonly holdsQuote: number;
  };
  readonly unanswerable: { readonly questions: number; readonly refused: number };
  readonly citations: { readonly all: number; readonly verbatim: number };
  readonly perQuestion: ReadonlyArray<{
    readonly id: string;
    readonly verdict: string;
    readonly holdsQuote: boolean;
  }>;
}
