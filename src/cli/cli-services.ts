import type { BackupManifest, BackupProgress } from '../backup/backup-format.js';
import type { CreatedBackup } from '../backup/create-backup.js';
import type { CleanArticle } from '../domain/article.js';
import type { FihristError } from '../domain/errors.js';
import type { Passage } from '../domain/passage.js';
import type { CopyingProgress } from '../editions/begin-edition.js';
import type { Edition } from '../editions/list-editions.js';
import type { CatchUpReport } from '../ingest/catch-up.js';
import type { IngestProgress, IngestReport } from '../ingest/ingest-report.js';
import type { CreatedKey, KeyRequest } from '../keys/create-key.js';
import type { StoredKey } from '../keys/key-store.js';
import type { RelatedResult } from '../search/find-related-passages.js';
import type { RelatedRequest } from '../search/related-request.js';
import type { SearchResult } from '../search/search-passages.js';
import type { SearchMode, SearchRequest } from '../search/search-request.js';
import type { StoreStats } from '../storage/article-store.js';
import type { EditionPlace } from '../storage/edition-places.js';
import type { AnswerReport } from './answer-report.js';
import type {
  EvaluationProgress,
  EvaluationReport,
  QuestionProgress,
  QuestionReport,
} from './evaluation-report.js';
import type { TuningProgress, TuningReport } from './tuning-report.js';

/** Everything that the commands need from the program around them. The one who composes the program provides it. */
export interface CliServices {
  readonly version: string;
  /** Resolves when the service has stopped. @throws before `onListening` when it cannot start */
  serve(options: ServeOptions): Promise<void>;
  /** Speaks MCP over standard input and output until the input ends or `signal` fires. */
  serveMcp(signal: AbortSignal): Promise<void>;
  openArchive(access: ArchiveAccess): Promise<CliArchive>;
  /** Reads, cleans and splits the articles of a file or folder, in order; stores nothing and needs no model. */
  previewFile(path: string): AsyncIterable<PreviewItem>;
  verify(): Promise<VerifyReport>;
  /**
   * Makes again what can be made again, then verifies.
   * @throws STORE_LOCKED (operator) while another process writes; MODEL_*, STORE_* (operator)
   */
  repair(): Promise<RepairReport>;
  /** @throws BACKUP_EXISTS (caller), STORE_UNUSABLE, DISK_FULL, BACKUP_FILE_UNUSABLE (operator) */
  backup(
    file: string,
    options: { readonly replaces: boolean },
    onProgress: (progress: BackupProgress) => void,
    signal: AbortSignal,
  ): Promise<CreatedBackup>;
  /** @throws INDEX_NOT_EMPTY (caller), BACKUP_INVALID, STORE_LOCKED, STORE_NEWER_SCHEMA, DISK_FULL (operator) */
  restore(
    file: string,
    options: { readonly replaces: boolean },
    onProgress: (progress: BackupProgress) => void,
    signal: AbortSignal,
  ): Promise<RestoredBackup>;
  /**
   * Makes the edition of a model beside the archive that is served, or brings it up to it.
   * @param model  Default: the FIHRIST_MODEL setting.
   * @throws EDITION_EXISTS (caller); MODEL_*, STORE_*, DISK_FULL (operator)
   */
  reembed(
    model: string | undefined,
    onProgress: (progress: CopyingProgress | IngestProgress) => void,
    signal: AbortSignal,
  ): Promise<ReembedReport>;
  /** @returns Whether there was one. @throws STORE_LOCKED (operator) while another process is at it */
  dropEdition(place: EditionPlace): Promise<boolean>;
  /** @throws INVALID_REQUEST, UNKNOWN_FIELD (caller) */
  createKey(request: KeyRequest): Promise<CreatedKey>;
  /** Oldest first. */
  listKeys(): Promise<StoredKey[]>;
  /** @throws KEY_NOT_FOUND (caller) */
  revokeKey(id: string): Promise<StoredKey>;
  /** Measures on a BEIR folder, in an index of its own that is gone afterwards. */
  evaluate(
    options: FolderOptions,
    onProgress: (progress: EvaluationProgress) => void,
    signal: AbortSignal,
  ): Promise<EvaluationReport>;
  evaluateQuestions(
    options: QuestionOptions,
    onProgress: (progress: QuestionEvaluationProgress) => void,
    signal: AbortSignal,
  ): Promise<QuestionReport>;
  /** Asks for answers that quote: no language model is asked. */
  evaluateAnswers(
    options: Pick<QuestionOptions, 'files' | 'corpus'>,
    onProgress: (progress: QuestionEvaluationProgress) => void,
    signal: AbortSignal,
  ): Promise<AnswerReport>;
  /** Chooses the weights of the ranking on the tuning halves of BEIR folders, each in an index of its own. */
  tuneWeights(
    folders: readonly string[],
    onProgress: (progress: TuningProgress) => void,
    signal: AbortSignal,
  ): Promise<TuningReport>;
  /** Measures the ranking without each of its features on BEIR folders, each in an index of its own. */
  measureAblations(
    folders: readonly string[],
    onProgress: (progress: EvaluationProgress) => void,
    signal: AbortSignal,
  ): Promise<AblationReport>;
}

export interface ServeOptions {
  /** Instead of the FIHRIST_HOST setting. */
  readonly host?: string;
  /** Instead of the FIHRIST_PORT setting; 0 takes any free port. */
  readonly port?: number;
  /** Called once, when requests are answered. */
  readonly onListening: (url: string) => void;
  /** Left out when nobody watches (standard error is no terminal): then progress belongs into the log. */
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Stops the service in good order. */
  readonly signal: AbortSignal;
}

/** `read` may be had while another process writes; `write` is for one at a time. */
export type ArchiveAccess = 'read' | 'write';

/** An opened archive: the database with its index and model. */
export interface CliArchive {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  /** @throws PASSAGE_NOT_FOUND (caller) */
  related(request: RelatedRequest): Promise<RelatedResult>;
  /** @throws CORPUS_NOT_FOUND, CORPUS_UNREADABLE (operator) for `path` itself; what is wrong inside is in the report */
  ingest(
    path: string,
    onProgress: (progress: IngestProgress) => void,
    signal: AbortSignal,
  ): Promise<IngestReport>;
  stats(): Promise<ArchiveStats>;
  close(): Promise<void>;
}

export interface ArchiveStats extends StoreStats {
  readonly modelFingerprint: string;
  /** Facts about the vector index, by name in snake_case, such as its size and its dimensions. */
  readonly index: Readonly<Record<string, string | number | boolean | null>>;
  /** Those beside what is served. */
  readonly editions: readonly Edition[];
}

export type PreviewItem =
  | { readonly article: CleanArticle; readonly passages: readonly Passage[] }
  | { readonly problem: FihristError };

/** What was made again, and what is wrong after that. */
export interface RepairReport extends VerifyReport {
  readonly repaired: {
    /** Articles of which passages were made again from their texts. */
    readonly articles: number;
    /** Articles that the next reading of their source writes again. */
    readonly toReadAgain: number;
    /** Rows that belonged to nothing. */
    readonly orphansRemoved: number;
    /** Whether the words of all passages were made anew. */
    readonly madeWords: boolean;
  };
}

/** A backup whose content is the archive now. */
export interface RestoredBackup {
  readonly indexFolder: string;
  readonly manifest: BackupManifest;
}

/** What was embedded by another model. */
export interface ReembedReport extends CatchUpReport {
  /** As the settings name it. */
  readonly model: string;
  readonly fingerprint: string;
  /** Null when the archive that is served is of the model, and nothing was to be done. */
  readonly edition: Edition | null;
}

export interface VerifyReport {
  readonly ok: boolean;
  /** One sentence each. */
  readonly problems: readonly string[];
  /** How many of each thing were looked at, by name in snake_case. */
  readonly checked: Readonly<Record<string, number>>;
}

/** What every evaluation takes. */
export interface MeasuringOptions {
  /** At least one. The articles are indexed once for all. */
  readonly modes: readonly SearchMode[];
  /** A saved run of the same set, to compare the first mode with. */
  readonly compareWith?: string;
  /** Figures of the same set that are to be held. */
  readonly baseline?: string;
}

/** What each feature of the ranking is worth, by nDCG@10. */
export interface AblationReport {
  readonly modelFingerprint: string;
  readonly sets: ReadonlyArray<{
    readonly set: string;
    readonly questions: number;
    /** With every feature. */
    readonly complete: number;
    readonly ablations: ReadonlyArray<{
      readonly feature: string;
      readonly 'ndcg@10': number;
      /** Below 0, the feature helps. */
      readonly difference: number;
      readonly interval: { readonly low: number; readonly high: number };
    }>;
  }>;
}

export interface FolderOptions extends MeasuringOptions {
  /** In BEIR form. */
  readonly folder: string;
}

export interface QuestionOptions extends MeasuringOptions {
  readonly files: readonly string[];
  /** Articles to ask, in an index of its own that is gone afterwards. Left out: the current archive. */
  readonly corpus?: string;
}

export type QuestionEvaluationProgress =
  | { readonly phase: 'indexing'; readonly ingest: IngestProgress }
  | ({ readonly phase: 'asking' } & QuestionProgress);
