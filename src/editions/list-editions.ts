import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { PinnedDatabase, type StoreFacts } from '../storage/copy-database.js';
import { EDITION_PLACES, type EditionPlace } from '../storage/edition-places.js';
import { databasePath } from '../storage/sqlite-connection.js';
import { readEditionNote } from './edition-note.js';

/** An archive as one model has embedded it, that is not served. */
export interface Edition {
  readonly place: EditionPlace;
  /** Of its model. */
  readonly fingerprint: string;
  readonly articles: number;
  readonly passages: number;
  /** Passages that its model has not embedded yet. */
  readonly passagesLeft: number;
  /** When it was last written to (ISO 8601, UTC). */
  readonly changedAt: string;
  /** Of all its files. */
  readonly sizeBytes: number;
}

/**
 * The editions beside the served one. What cannot be read is none.
 * Cost: counts passages, a few milliseconds for 100,000; nothing when there are none.
 */
export function listEditions(indexFolder: string): Edition[] {
  return EDITION_PLACES.map((place) => readEdition(indexFolder, place)).filter((one) => one !== null);
}

/** The edition that a model has embedded or is to embed, or null. */
export function findEdition(indexFolder: string, fingerprint: string): Edition | null {
  return listEditions(indexFolder).find((edition) => edition.fingerprint === fingerprint) ?? null;
}

/** Fingerprints of the models that the served edition is embedded by: one, but while it is being embedded again. */
export function servedFingerprints(indexFolder: string): string[] {
  if (!existsSync(databasePath(indexFolder))) return [];
  return factsOf(indexFolder)?.models.map(({ fingerprint }) => fingerprint) ?? [];
}

function readEdition(indexFolder: string, place: EditionPlace): Edition | null {
  const folder = path.join(indexFolder, place);
  if (!existsSync(databasePath(folder))) return null;
  const note = readEditionNote(folder);
  // A copy is no edition before it is whole, which its note says; what was served is whole.
  if (place === 'next' && note === null) return null;
  const facts = factsOf(folder);
  const fingerprint = note?.fingerprint ?? facts?.models[0]?.fingerprint;
  if (facts === null || fingerprint === undefined) return null;
  const { articles, passages, models } = facts;
  const embedded = models.find((model) => model.fingerprint === fingerprint)?.passages ?? 0;
  return { place, fingerprint, articles, passages, passagesLeft: passages - embedded, ...measure(folder) };
}

function factsOf(folder: string): StoreFacts | null {
  try {
    const database = PinnedDatabase.open(databasePath(folder));
    try {
      return database.storeFacts();
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

function measure(folder: string): Pick<Edition, 'changedAt' | 'sizeBytes'> {
  let sizeBytes = 0;
  let changedMs = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const facts = statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (!facts?.isFile()) continue;
    sizeBytes += facts.size;
    // Side files are touched by readers too.
    if (/^fihrist\.(db|mark)$/.test(name)) changedMs = Math.max(changedMs, facts.mtimeMs);
  }
  return { sizeBytes, changedAt: new Date(changedMs).toISOString() };
}
