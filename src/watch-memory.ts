import type { Logger } from 'pino';
import type { Config } from './config.js';
import { collectGarbage } from './memory/collect-garbage.js';
import { memoryCeiling } from './memory/memory-ceiling.js';
import { describeShortage } from './memory/memory-short.js';
import { MemoryWatch } from './memory/memory-watch.js';
import type { ServiceState } from './service-state.js';

export interface WatchMemoryOptions {
  readonly config: Pick<Config, 'maxMemoryBytes'>;
  readonly logger: Logger;
  readonly state: Pick<ServiceState, 'openedArchive' | 'memoryIs'>;
}

/** Begins to watch the memory of a service. @returns Null when there is no ceiling. */
export function watchMemory({ config, logger, state }: WatchMemoryOptions): MemoryWatch | null {
  const ceiling = memoryCeiling(config.maxMemoryBytes);
  if (ceiling === null) return null;
  const watch = new MemoryWatch({
    ceilingBytes: ceiling.bytes,
    empty: () => {
      state.openedArchive()?.forget();
      collectGarbage();
    },
    onLevel: (level, figures) => {
      const message = describeShortage(figures);
      state.memoryIs(level, message);
      if (level === 'short' || level === 'full') logger.warn({ level }, `memory is short: ${message}`);
      else logger.info({ level }, `memory: ${message}`);
    },
  });
  watch.start();
  return watch;
}
