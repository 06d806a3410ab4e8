import type { ServerResponse } from 'node:http';
import { FihristError } from '../../domain/errors.js';
import type { Gate } from '../gate.js';
import type { AdmissionController, AdmissionRefusal } from '../limits/admission-controller.js';
import type { FixedPlaces } from '../limits/fixed-places.js';
import type { RouteLane } from '../route.js';

/** Lanes that are answered from memory and files in a moment have no controller: they are always answered. */
export interface LaneControllers
  extends Readonly<Record<'search' | 'embedding' | 'write', AdmissionController>> {
  /** Null: as many as there is room for searches. */
  readonly answer: FixedPlaces | null;
}

const NOUN_OF = { search: 'searches', embedding: 'texts to embed', write: 'writes' } as const;

/**
 * Turns away at once what could not be done in time, each lane by itself, so that writes cannot take the room of searches,
 * nor answers that are waited for. It is asked twice: before the body is read, so that being turned away costs nearly
 * nothing, and after it, so that whoever sends slowly holds no place meanwhile.
 */
export function admitWork(controllers: LaneControllers): Gate {
  const refuseWithoutRoom = (lane: RouteLane, res: ServerResponse) => {
    if (lane === 'light') return;
    if (lane === 'answer') {
      if (controllers.answer?.isFull === true) throw tooManyAnswers(controllers.answer, res);
      return;
    }
    const refusal = controllers[lane].refusal();
    if (refusal !== null) throw overloaded(lane, refusal, res);
  };
  return {
    errorsOf: ({ lane }) =>
      lane === 'light' ? [] : lane === 'answer' ? ['OVERLOADED'] : ['OVERLOADED', 'TIME_LIMIT_REACHED'],
    check: ({ route: { lane }, res }) => {
      refuseWithoutRoom(lane, res);
      if (lane === 'answer') refuseWithoutRoom('search', res);
    },
    enter: async ({ res }, lane, signal) => {
      if (lane === 'light') return null;
      refuseWithoutRoom(lane, res);
      if (lane === 'answer') return controllers.answer?.enter() ?? null;
      return controllers[lane].enter(signal);
    },
  };
}

function tooManyAnswers({ places, setting, meanIntervalMs }: FixedPlaces, res: ServerResponse): FihristError {
  const retryAfterS = setRetryAfter(res, meanIntervalMs);
  return new FihristError(
    'OVERLOADED',
    `${places} ${places === 1 ? 'answer is' : 'answers are'} being written already, and not more at once (${setting}). ${tryAgain(retryAfterS)}`,
    { details: { limit: places, setting, retry_after_s: retryAfterS } },
  );
}

function overloaded(
  lane: keyof typeof NOUN_OF,
  { expectedWaitMs, allowedWaitMs }: AdmissionRefusal,
  res: ServerResponse,
): FihristError {
  const retryAfterS = setRetryAfter(res, expectedWaitMs);
  const expected = Math.round(expectedWaitMs);
  const allowed = Math.round(allowedWaitMs);
  return new FihristError(
    'OVERLOADED',
    `Too many ${NOUN_OF[lane]} are waiting: this one would have waited ${expected} ms, and at most ${allowed} ms are allowed. ${tryAgain(retryAfterS)}`,
    { details: { limit_ms: allowed, expected_ms: expected, retry_after_s: retryAfterS } },
  );
}

function setRetryAfter(res: ServerResponse, waitMs: number): number {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  res.setHeader('retry-after', seconds);
  return seconds;
}

function tryAgain(seconds: number): string {
  return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}
