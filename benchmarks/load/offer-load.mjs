import { performance } from 'node:perf_hooks';

/**
 * Closed loop: each caller asks again when it has its answer, and when it was turned away, after as long as it was told to
 * wait. What comes out is what the service can do.
 * @returns {Promise<{ perSecond: number, refused: number }>} Answers (200) a second, and how many callers were turned away.
 */
export async function measureCapacity({ ask }, { callers, seconds }) {
  const endMs = performance.now() + seconds * 1_000;
  let answered = 0;
  let refused = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < endMs) {
        const { status, retryAfterMs } = await ask();
        if (status === 200) answered += 1;
        else refuseUseless(status);
        if (status !== 503) continue;
        refused += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.min(retryAfterMs, endMs - performance.now())));
      }
    }),
  );
  return { perSecond: answered / seconds, refused };
}

/**
 * Open loop: questions come when they come (Poisson), whether earlier ones are answered or not, as those of many people do.
 * @returns {Promise<Array<{ status: number | null, latencyMs: number, replyMs: number, failure: string | null }>>}
 */
export async function offerLoad({ ask }, { perSecond, seconds, random }) {
  const startMs = performance.now();
  const endMs = startMs + seconds * 1_000;
  const outcomes = [];
  let dueMs = startMs + gapMs(perSecond, random);
  while (dueMs < endMs) {
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs - 0.5));
    while (dueMs < endMs && dueMs <= performance.now() + 0.5) {
      outcomes.push(ask(dueMs));
      dueMs += gapMs(perSecond, random);
    }
  }
  return Promise.all(outcomes);
}

/** The same numbers in every run, so that two runs offer the same load. */
export function seededRandom(seed = 20_251) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 4_294_967_297;
  };
}

function gapMs(perSecond, random) {
  return (-Math.log(random()) * 1_000) / perSecond;
}

/** Statuses that mean that something else is measured than was meant. */
export function refuseUseless(status) {
  const advice = {
    401: 'give a key with --key',
    403: 'give a key with the scope "search", and use localhost or an address',
    429: 'start the service with FIHRIST_RATE_LIMIT=0',
  }[status];
  if (advice !== undefined) throw new Error(`The service answers ${status}: ${advice}.`);
}
