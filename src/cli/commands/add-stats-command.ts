import type { Command } from 'commander';
import { withSnakeCaseKeys } from '../../text/with-snake-case-keys.js';
import { printJson, printLines } from '../cli-io.js';
import type { ArchiveStats } from '../cli-services.js';
import type { CommandContext } from '../create-program.js';
import { editionToJson, formatEditions } from '../format-editions.js';
import { formatTable } from '../format-table.js';
import { readableNumber } from '../terminal-text.js';
import { withArchive } from '../with-archive.js';

/** `fihrist stats`: how much the archive holds. */
export function addStatsCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('stats')
    .description(
      'Tell how many articles, passages and sentences the archive holds, its index, and its editions of other models.',
    )
    .option('--json', 'print the numbers as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist stats --json')
    .action(async (options: { json?: true }) => {
      const stats = await withArchive(services, 'read', (archive) => archive.stats());
      if (options.json) printJson(io, statsToJson(stats));
      else printLines(io, formatStats(stats));
    });
}

function statsToJson(stats: ArchiveStats) {
  return {
    articles: stats.articles,
    passages: stats.passages,
    sentences: stats.sentences,
    passages_by_language: { ar: stats.passagesByLanguage.ar, en: stats.passagesByLanguage.en },
    size_bytes: stats.sizeBytes,
    schema_version: stats.schemaVersion,
    generation: stats.generation,
    model_fingerprint: stats.modelFingerprint,
    index: withSnakeCaseKeys(stats.index),
    editions: stats.editions.map(editionToJson),
  };
}

function formatStats(stats: ArchiveStats): string[] {
  const index = Object.entries(withSnakeCaseKeys(stats.index)).map(([name, value]) => [
    `index ${name.replaceAll('_', ' ')}`,
    typeof value === 'number' ? readableNumber(value) : String(value ?? 'none'),
  ]);
  const table = formatTable([
    ['articles', readableNumber(stats.articles)],
    ['passages', readableNumber(stats.passages)],
    ['  Arabic', readableNumber(stats.passagesByLanguage.ar)],
    ['  English', readableNumber(stats.passagesByLanguage.en)],
    ['sentences', readableNumber(stats.sentences)],
    ['size in MB', readableNumber(stats.sizeBytes / 1_000_000, 1)],
    ['schema version', readableNumber(stats.schemaVersion)],
    ['generation', readableNumber(stats.generation)],
    ['model', stats.modelFingerprint],
    ...index,
  ]);
  return [...table, ...formatEditions(stats.editions)];
}
