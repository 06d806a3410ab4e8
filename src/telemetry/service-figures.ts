import type { Language } from '../domain/language.js';
import type { CacheFigures } from './cache-figures.js';

/** What an archive is like at the moment. */
export interface ArchiveFigures {
  readonly articles: number;
  readonly passagesByLanguage: Readonly<Record<Language, number>>;
  /** Of the database file. */
  readonly sizeBytes: number;
  /** Rises with every change of what can be found. */
  readonly generation: number;
  /** Vectors that can be found. */
  readonly indexSize: number;
  /** Texts that were handed to the model and are not embedded yet. */
  readonly waitingTexts: Readonly<Record<'query' | 'passage', number>>;
  /** Null for one that is switched off. */
  readonly caches: Readonly<Record<'queries' | 'results', CacheFigures | null>>;
  readonly modelFingerprint: string;
}

/** What a running service is like at the moment. */
export interface ServiceFigures {
  readonly requestsInFlight: number;
  readonly isReady: boolean;
  /** Codes of what stands in the way of being ready, and of warnings, at the moment. */
  readonly conditions: readonly string[];
  /** Null as long as it is not open. */
  readonly archive: ArchiveFigures | null;
}
