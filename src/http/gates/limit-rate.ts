import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { FihristError } from '../../domain/errors.js';
import type { Gate } from '../gate.js';
import { addressGroup } from '../limits/address-group.js';
import { replyFacts } from '../reply-facts.js';
import { isProbe } from './is-probe.js';

const WINDOW_S = 60;

/**
 * Limits how many requests a key, or without keys an address, may send in a minute, and tells in the headers
 * `RateLimit-Policy` and `RateLimit` what is left. Source: draft-ietf-httpapi-ratelimit-headers-10.
 * Probes are not counted.
 * @param perMinute  1 or more.
 */
export function limitRate(perMinute: number): Gate {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_S });
  return {
    errorsOf: (route) => (isProbe(route) ? [] : ['RATE_LIMITED']),
    check: async ({ route, res }) => {
      if (isProbe(route)) return;
      const { address, caller } = replyFacts(res);
      const { keyId } = caller;
      const policy = keyId === null ? 'address' : 'key';
      // Ids of keys have no dot or colon in them, so that none is an address.
      const { left, resetS } = await consume(limiter, keyId ?? addressGroup(address));
      res.setHeader('ratelimit-policy', `"${policy}";q=${perMinute};w=${WINDOW_S}`);
      res.setHeader('ratelimit', `"${policy}";r=${Math.max(0, left)};t=${resetS}`);
      if (left >= 0) return;
      res.setHeader('retry-after', resetS);
      throw new FihristError(
        'RATE_LIMITED',
        `More than ${perMinute} requests in a minute; try again in ${resetS} ${resetS === 1 ? 'second' : 'seconds'}.`,
        {
          details: {
            limit: perMinute,
            window_s: WINDOW_S,
            retry_after_s: resetS,
            setting: 'FIHRIST_RATE_LIMIT',
          },
        },
      );
    },
  };
}

/** @returns `left` is below 0 when there was nothing left before. */
async function consume(limiter: RateLimiterMemory, name: string): Promise<{ left: number; resetS: number }> {
  const result = await limiter.consume(name).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
  return {
    left: limiter.points - result.consumedPoints,
    resetS: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
  };
}
