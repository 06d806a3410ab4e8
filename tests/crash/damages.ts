import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { between, seededRandom } from './seeded-random.js';

/** The same file of other folders: null where there is none. */
export interface OtherFiles {
  /** Of another archive. */
  readonly foreign: string | null;
  /** Of this archive, some time ago. */
  readonly older: string | null;
}

/** What may happen to a file while the service does not run. */
export interface Damage {
  readonly name: string;
  /** @returns False when it cannot happen to this file. */
  readonly apply: (file: string, others: OtherFiles) => boolean;
}

export const DAMAGES: readonly Damage[] = [
  { name: 'cut to half', apply: (file) => cut(file, 0.5) },
  { name: 'emptied', apply: (file) => cut(file, 0) },
  { name: 'zeroed', apply: zero },
  { name: 'one bit flipped at its begin', apply: (file) => flip(file, 0, 0.02) },
  { name: 'one bit flipped in its middle', apply: (file) => flip(file, 0.4, 0.6) },
  { name: 'one bit flipped near its end', apply: (file) => flip(file, 0.9, 1) },
  { name: 'removed', apply: remove },
  { name: 'swapped with a foreign one', apply: (file, { foreign }) => replace(file, foreign) },
  { name: 'replaced with an older one', apply: (file, { older }) => replace(file, older) },
];

function cut(file: string, keptShare: number): boolean {
  truncateSync(file, Math.floor(sizeOf(file) * keptShare));
  return true;
}

function zero(file: string): boolean {
  writeFileSync(file, Buffer.alloc(sizeOf(file)));
  return true;
}

/** Alters one bit somewhere between two shares of a file's length; the same one for the same seed, by default its length. */
export function flip(file: string, from: number, to: number, seed?: number): boolean {
  const bytes = readFileSync(file);
  if (bytes.length === 0) return false;
  const random = seededRandom(seed ?? bytes.length);
  const at = between(random, Math.floor(bytes.length * from), Math.ceil(bytes.length * to) - 1);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << between(random, 0, 7));
  writeFileSync(file, bytes);
  return true;
}

function remove(file: string): boolean {
  // Articles without their record are of a request that a kill came before: what removed the record cannot be told.
  if (/tasks\/[^/]*\.json$/.test(file)) return false;
  rmSync(file);
  return true;
}

function replace(file: string, other: string | null): boolean {
  if (other === null) return false;
  copyFileSync(other, file);
  return true;
}

function sizeOf(file: string): number {
  return readFileSync(file).length;
}
