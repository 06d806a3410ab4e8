import type { BackupProgress } from '../backup/backup-format.js';
import type { CopyingProgress } from '../editions/begin-edition.js';
import type { IngestProgress } from '../ingest/ingest-report.js';
import type { QuestionEvaluationProgress } from './cli-services.js';
import type { EvaluationProgress } from './evaluation-report.js';
import { readableNumber } from './terminal-text.js';
import type { TuningProgress } from './tuning-report.js';

/** How far any long work is, as a person wants to be told. */
export interface WorkProgress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** 0…1, the part of the work that is done; null while that cannot be known. */
  readonly share: number | null;
  readonly elapsedMs: number;
}

/** Below this, rate and time left are guesses. */
const STEADY_AFTER_MS = 1_000;

/** Count, rate and time left on one line: `120/480 articles, 14.2 articles/s, 0:25 left`. */
export function describeProgress({ done, total, unit, share, elapsedMs }: WorkProgress): string {
  if (share === null) return `${readableNumber(done)} ${unit}`;
  const parts = [`${readableNumber(done)}/${readableNumber(total)} ${unit}`];
  if (elapsedMs >= STEADY_AFTER_MS && done > 0) {
    parts.push(`${readableNumber((done * 1_000) / elapsedMs, 1)} ${unit}/s`);
    if (share > 0 && share < 1) parts.push(`${minutesAndSeconds((elapsedMs * (1 - share)) / share)} left`);
  }
  return parts.join(', ');
}

const INGEST_LABELS = {
  reading: 'Reading',
  embedding: 'Indexing',
  publishing: 'Publishing',
  done: 'Done',
} as const satisfies Record<IngestProgress['phase'], string>;

/** The share counts characters, as articles differ in length; the count and the rate are of articles. */
export function ingestWork(progress: IngestProgress): WorkProgress {
  const { phase, articlesDone, articlesTotal, charactersDone, charactersTotal, elapsedMs } = progress;
  const isReading = phase === 'reading';
  return {
    label: INGEST_LABELS[phase],
    done: isReading ? articlesTotal : articlesDone,
    total: articlesTotal,
    unit: 'articles',
    share: isReading ? null : charactersTotal === 0 ? 1 : charactersDone / charactersTotal,
    elapsedMs,
  };
}

export function evaluationWork(progress: EvaluationProgress): WorkProgress {
  if (progress.phase === 'indexing') return ingestWork(progress.ingest);
  const { queriesDone, queriesTotal, elapsedMs } = progress;
  return countedWork('Asking', 'queries', { done: queriesDone, total: queriesTotal, elapsedMs });
}

export function questionWork(progress: QuestionEvaluationProgress): WorkProgress {
  if (progress.phase === 'indexing') return ingestWork(progress.ingest);
  const { questionsDone, questionsTotal, elapsedMs } = progress;
  return countedWork('Asking', 'questions', { done: questionsDone, total: questionsTotal, elapsedMs });
}

/** What is tried are settings of the weights. */
export function tuningWork(progress: TuningProgress): WorkProgress {
  if (progress.phase !== 'choosing') return evaluationWork(progress);
  const { triesDone, triesTotal, elapsedMs } = progress;
  return countedWork('Choosing', 'settings', { done: triesDone, total: triesTotal, elapsedMs });
}

const BACKUP_LABELS = {
  copying: 'Copying',
  checking: 'Checking',
  packing: 'Packing',
  unpacking: 'Unpacking',
} as const satisfies Record<BackupProgress['phase'], string>;

/** Counts megabytes; how far checking is cannot be known. */
export function backupWork(progress: BackupProgress | CopyingProgress): WorkProgress {
  const { phase, bytesDone, bytesTotal, elapsedMs } = progress;
  const label = BACKUP_LABELS[phase];
  const [done, total] = [bytesDone / 1_000_000, bytesTotal / 1_000_000];
  const share = phase === 'checking' ? null : total === 0 ? 1 : done / total;
  return { label, done, total, unit: 'MB', share, elapsedMs };
}

export function reembeddingWork(progress: CopyingProgress | IngestProgress): WorkProgress {
  if ('bytesDone' in progress) return backupWork(progress);
  return { ...ingestWork(progress), label: 'Embedding' };
}

function countedWork(
  label: string,
  unit: string,
  { done, total, elapsedMs }: Pick<WorkProgress, 'done' | 'total' | 'elapsedMs'>,
): WorkProgress {
  return { label, done, total, unit, share: total === 0 ? 1 : done / total, elapsedMs };
}

function minutesAndSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const two = (part: number) => String(part).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
