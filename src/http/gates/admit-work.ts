import { FihristError } from '../../domain/errors.js';
import type { Gate, GateRequest } from '../gate.js';
import type { AdmissionController, AdmissionRefusal } from '../limits/admission-controller.js';
import type { RouteLane } from '../route.js';

/** Lanes that are answered from memory and files in a moment have no controller: they are always answered. */
export type LaneControllers = Readonly<Record<Exclude<RouteLane, 'light'>, AdmissionController>>;

const NOUN_OF = { search: 'searches', embedding: 'texts to embed', write: 'writes' } as const;

/**
 * Turns away at once what could not be done in time, each lane by itself, so that writes cannot take the room of searches.
 * It is asked twice: before the body is read, so that being turned away costs nearly nothing, and after it, so that
 * whoever sends slowly holds no place meanwhile.
 */
export function admitWork(controllers: LaneControllers): Gate {
  const refuseWithoutRoom = ({ route: { lane }, res }: GateRequest) => {
    if (lane === 'light') return;
    const refusal = controllers[lane].refusal();
    if (refusal === null) return;
    const retryAfterS = Math.max(1, Math.ceil(refusal.expectedWaitMs / 1_000));
    res.setHeader('retry-after', retryAfterS);
    throw overloaded(lane, refusal, retryAfterS);
  };
  return {
    errorsOf: ({ lane }) => (lane === 'light' ? [] : ['OVERLOADED', 'TIME_LIMIT_REACHED']),
    check: refuseWithoutRoom,
    enter: async (request, signal) => {
      const { lane } = request.route;
      if (lane === 'light') return null;
      refuseWithoutRoom(request);
      return controllers[lane].enter(signal);
    },
  };
}

function overloaded(
  lane: keyof typeof NOUN_OF,
  { expectedWaitMs, allowedWaitMs }: AdmissionRefusal,
  retryAfterS: number,
): FihristError {
  const expected = Math.round(expectedWaitMs);
  const allowed = Math.round(allowedWaitMs);
  return new FihristError(
    'OVERLOADED',
    `Too many ${NOUN_OF[lane]} are waiting: this one would have waited ${expected} ms, and at most ${allowed} ms are allowed. Try again in ${retryAfterS} ${retryAfterS === 1 ? 'second' : 'seconds'}.`,
    { details: { limit_ms: allowed, expected_ms: expected, retry_after_s: retryAfterS } },
  );
}
