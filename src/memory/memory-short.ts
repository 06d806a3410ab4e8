import { FihristError } from '../domain/errors.js';
import type { MemoryFigures } from './memory-watch.js';

/** When somebody who was turned away may well come again: by then caches were emptied, and what ran is over. */
export const RETRY_AFTER_S = 5;

/** How it is told that memory is short, in one sentence. */
export function describeShortage({ ceilingBytes, residentBytes }: MemoryFigures): string {
  const [resident, ceiling] = [residentBytes, ceilingBytes].map((bytes) => Math.round(bytes / 2 ** 20));
  return `the process takes ${resident} MB of memory, and its ceiling is ${ceiling} MB (FIHRIST_MAX_MEMORY_MB)`;
}

/** Why something was turned away. */
export function memoryShort(what: string, figures: MemoryFigures): FihristError {
  const { ceilingBytes, residentBytes } = figures;
  const details = {
    setting: 'FIHRIST_MAX_MEMORY_MB',
    ceiling_mb: Math.round(ceilingBytes / 2 ** 20),
    resident_mb: Math.round(residentBytes / 2 ** 20),
    retry_after_s: RETRY_AFTER_S,
  };
  return new FihristError(
    'MEMORY_SHORT',
    `There is no room for ${what}: ${describeShortage(figures)}. Try again in ${RETRY_AFTER_S} seconds.`,
    { details },
  );
}
