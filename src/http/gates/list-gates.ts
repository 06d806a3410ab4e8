import type { KeyRing } from '../../keys/key-ring.js';
import type { Gate } from '../gate.js';
import type { KnownNames } from '../known-names.js';
import { admitWork, type LaneControllers } from './admit-work.js';
import { checkNames } from './check-names.js';
import { checkScope, identifyCaller } from './identify-caller.js';
import { limitRate } from './limit-rate.js';

export interface GatesOptions {
  readonly keys: Pick<KeyRing, 'identify'>;
  readonly names: KnownNames;
  /** Requests a minute of one key or address; null for no limit. */
  readonly ratePerMinute: number | null;
  readonly controllers: LaneControllers;
}

/** Every gate, in the order that requests pass them: who asks, from where, how often, whether that is allowed, whether there is room. */
export function listGates({ keys, names, ratePerMinute, controllers }: GatesOptions): readonly Gate[] {
  return [
    identifyCaller(keys),
    checkNames(names),
    ...(ratePerMinute === null ? [] : [limitRate(ratePerMinute)]),
    checkScope(),
    admitWork(controllers),
  ];
}
