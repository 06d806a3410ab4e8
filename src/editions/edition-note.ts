import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { syncFile } from '../storage/sync-file.js';

const noteSchema = z.object({
  /** Of the model that the edition is to be embedded by, though most of it may not be yet. */
  fingerprint: z.string(),
  /** As the model is named in the settings. */
  model: z.string(),
  /** When the edition was begun (ISO 8601, UTC). */
  begunAt: z.iso.datetime(),
});

/** What is noted of an edition that is being made: without it, what is in its folder is no edition. */
export type EditionNote = z.infer<typeof noteSchema>;

const NOTE = 'edition.json';

/** Null when there is none, or none that can be read. */
export function readEditionNote(folder: string): EditionNote | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(path.join(folder, NOTE), 'utf8')));
  } catch {
    return null;
  }
}

/** When the promise resolves, the note is on disk, whole. */
export async function writeEditionNote(folder: string, note: EditionNote): Promise<void> {
  const file = path.join(folder, NOTE);
  const draft = await open(`${file}.tmp`, 'w', 0o600);
  try {
    await draft.writeFile(`${JSON.stringify(note)}\n`);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.tmp`, file);
  await syncFile(folder);
}
