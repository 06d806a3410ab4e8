import type { Logger } from 'pino';

/** Damaged passages are left out of every search; this is all that there is to be noticed of them. */
export function logDamage(logger: Logger): (label: number) => void {
  return (label) =>
    logger.error(
      { label },
      'a stored passage is damaged; fihrist verify tells how, and with --repair makes it again',
    );
}
