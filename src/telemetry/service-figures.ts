import type { Language } from '../domain/language.js';
import type { CacheFigures } from './cache-figures.js';

/** How near the process is to its memory ceiling. */
export interface MemoryFigures {
  readonly ceilingBytes: number;
  /** Of the whole process, as of the last look. */
  readonly residentBytes: number;
  /** How often caches were emptied. */
  readonly emptied: number;
}

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
  /** Large batches that are not over; null as long as they are not open. */
  readonly tasks: Readonly<Record<'queued' | 'running', number>> | null;
  /** Null where there is no ceiling. */
  readonly memory: MemoryFigures | null;
  /** When the newest backup of the service was asked for, in milliseconds since 1970; null when there is none. */
  readonly lastBackupMs: number | null;
  /** Null as long as it is not open. */
  readonly archive: ArchiveFigures | null;
}
