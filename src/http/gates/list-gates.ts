import type { KeyRing } from '../../keys/key-ring.js';
import type { MemoryWatch } from '../../memory/memory-watch.js';
import type { Gate } from '../gate.js';
import type { KnownNames } from '../known-names.js';
import type { BrowserSessions } from '../sessions/browser-sessions.js';
import { admitWork, type LaneControllers } from './admit-work.js';
import { checkNames } from './check-names.js';
import { checkScope, identifyCaller } from './identify-caller.js';
import { limitRate } from './limit-rate.js';
import { spareMemory } from './spare-memory.js';

export interface GatesOptions {
  readonly keys: Pick<KeyRing, 'identify' | 'identifyHolder'>;
  /** Null where there are no pages to sign in on. */
  readonly sessions: Pick<BrowserSessions, 'keyIdOf'> | null;
  readonly names: KnownNames;
  /** Requests a minute of one key or address; null for no limit. */
  readonly ratePerMinute: number | null;
  readonly controllers: LaneControllers;
  /** Null where there is no ceiling. */
  readonly memory: Pick<MemoryWatch, 'level' | 'figures'> | null;
}

/** Every gate, in the order that requests pass them: who asks, from where, how often, whether that is allowed, whether there is memory and room. */
export function listGates(options: GatesOptions): readonly Gate[] {
  const { keys, sessions, names, ratePerMinute, controllers, memory } = options;
  return [
    identifyCaller(keys, sessions),
    checkNames(names),
    ...(ratePerMinute === null ? [] : [limitRate(ratePerMinute)]),
    checkScope(),
    spareMemory(memory),
    admitWork(controllers),
  ];
}
