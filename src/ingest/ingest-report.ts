import type { ErrorCode, ErrorDetails } from '../domain/errors.js';

/** Something that was wrong with one article or file; the others went in. */
export interface IngestProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What one run did. Counts are articles unless the name says otherwise. */
export interface IngestReport {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly problems: readonly IngestProblem[];
  readonly passagesEmbedded: number;
  /** Passages and sentences that went through the model. */
  readonly textsEmbedded: number;
  readonly tookMs: number;
}

/** How far a run is. `charactersDone / charactersTotal` is the honest share: articles differ in length. */
export interface IngestProgress {
  readonly phase: 'reading' | 'embedding' | 'publishing' | 'done';
  readonly articlesDone: number;
  readonly articlesTotal: number;
  readonly charactersDone: number;
  readonly charactersTotal: number;
  readonly passagesDone: number;
  readonly elapsedMs: number;
}
