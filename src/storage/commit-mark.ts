import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The last change that was acknowledged. */
export interface CommitMark {
  /** Id of the opening that made it. */
  readonly opening: string;
  readonly generation: number;
}

/** Where the mark of an index folder is. */
export function commitMarkPath(folder: string): string {
  return join(folder, 'fihrist.mark');
}

/** Null when there is none, or none that can be read: then nothing is known. */
export function readCommitMark(folder: string): CommitMark | null {
  let text: string;
  try {
    text = readFileSync(commitMarkPath(folder), 'latin1');
  } catch {
    return null;
  }
  const match = /^([0-9a-f-]{36}) (\d{15}) ([0-9a-f]{8})\n$/.exec(text);
  if (match === null) return null;
  const [, opening = '', generation = '', checksum] = match;
  return checksum === checksumOf(opening, generation) ? { opening, generation: Number(generation) } : null;
}

/**
 * Notes beside the database how far it is, each time after a change was brought to disk there: so a database that is
 * behind its mark has lost something. The mark itself is not brought to disk: after a power cut it may be behind the
 * database, never before it, and a change costs a few microseconds more instead of twice the time.
 */
export class CommitMarkWriter {
  readonly #opening: string;
  readonly #file: number | null;

  /** What cannot be written is left alone: a full disk or a folder that became read-only shows elsewhere. */
  constructor(folder: string, opening: string) {
    this.#opening = opening;
    this.#file = openOrNull(commitMarkPath(folder));
  }

  /** Always of the same length, in place. */
  write(generation: number): void {
    if (this.#file === null) return;
    const number = String(generation).padStart(15, '0');
    const line = `${this.#opening} ${number} ${checksumOf(this.#opening, number)}\n`;
    try {
      writeSync(this.#file, line, 0, 'latin1');
    } catch {
      // As above.
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

function openOrNull(path: string): number | null {
  // Neither emptied nor appended to: it is written over in place.
  for (const flags of ['r+', 'wx'] as const) {
    try {
      return openSync(path, flags);
    } catch {}
  }
  return null;
}

function checksumOf(opening: string, generation: string): string {
  return createHash('sha256').update(`${opening} ${generation}`).digest('hex').slice(0, 8);
}
