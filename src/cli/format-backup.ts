import type { BackupManifest } from '../backup/backup-format.js';
import type { CreatedBackup } from '../backup/create-backup.js';
import type { RestoredBackup } from './cli-services.js';
import { formatTable } from './format-table.js';
import { inlineText, readableNumber } from './terminal-text.js';

export function backupToJson({ file, sizeBytes, manifest }: CreatedBackup) {
  return { file, size_bytes: sizeBytes, ...contentToJson(manifest) };
}

export function restoredToJson({ indexFolder, manifest }: RestoredBackup) {
  return { index: indexFolder, ...contentToJson(manifest) };
}

export function formatBackup({ file, sizeBytes, manifest }: CreatedBackup): string[] {
  return [
    `Saved: ${inlineText(file)} (${readableNumber(sizeBytes / 1_000_000, 1)} MB)`,
    ...formatContent(manifest),
  ];
}

export function formatRestored({ indexFolder, manifest }: RestoredBackup): string[] {
  return [
    `Restored to: ${inlineText(indexFolder)}`,
    ...formatContent(manifest),
    '',
    'The next start of the service makes the vector index of it, and takes in the articles of FIHRIST_CORPUS as they are now.',
  ];
}

/** What a backup says of itself under the names that JSON has outside. */
function contentToJson(manifest: BackupManifest) {
  return {
    created_at: manifest.createdAt,
    articles: manifest.articles,
    passages: manifest.passages,
    keys: manifest.keys,
    tasks: manifest.tasks,
    models: manifest.models,
    generation: manifest.generation,
    schema_version: manifest.schemaVersion,
    format_version: manifest.formatVersion,
    program_version: manifest.programVersion,
  };
}

function formatContent(manifest: BackupManifest): string[] {
  return formatTable([
    ['state of', manifest.createdAt],
    ['articles', readableNumber(manifest.articles)],
    ['passages', readableNumber(manifest.passages)],
    ['keys', readableNumber(manifest.keys)],
    ['waiting tasks', readableNumber(manifest.tasks)],
    ['model', manifest.models.map(({ fingerprint }) => fingerprint).join(', ') || 'none'],
    ['schema version', readableNumber(manifest.schemaVersion)],
  ]);
}
