import { describe, expect, test } from 'vitest';
import {
  AdmissionController,
  type AdmissionLimits,
} from '../../../../src/http/limits/admission-controller.js';

const LIMITS: AdmissionLimits = { maxRunning: 2, targetWaitMs: 100, burstWaitMs: 500 };
const never = new AbortController().signal;

interface Outcome {
  readonly arrivedMs: number;
  readonly refused: boolean;
  readonly endedMs: number;
}

/**
 * Lets works arrive and be done in simulated time: each place needs `serviceMs` for a work.
 * @param arrivalsMs  Rising.
 */
async function simulate(arrivalsMs: readonly number[], serviceMs: number, limits = LIMITS) {
  let nowMs = 0;
  const controller = new AdmissionController(limits, () => nowMs);
  const outcomes: Outcome[] = [];
  const ends: Array<{ atMs: number; end: () => void }> = [];
  let mostWaiting = 0;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const endUntil = async (untilMs: number) => {
    for (;;) {
      ends.sort((a, b) => a.atMs - b.atMs);
      const next = ends[0];
      if (next === undefined || next.atMs > untilMs) return;
      ends.shift();
      nowMs = next.atMs;
      next.end();
      await settle();
    }
  };
  for (const arrivedMs of arrivalsMs) {
    await endUntil(arrivedMs);
    nowMs = arrivedMs;
    if (controller.refusal() !== null) {
      outcomes.push({ arrivedMs, refused: true, endedMs: arrivedMs });
      continue;
    }
    void controller.enter(new AbortController().signal).then((end) => {
      const atMs = nowMs + serviceMs;
      ends.push({ atMs, end });
      outcomes.push({ arrivedMs, refused: false, endedMs: atMs });
    });
    await settle();
    mostWaiting = Math.max(mostWaiting, controller.waiting);
  }
  await endUntil(Number.POSITIVE_INFINITY);
  return { outcomes, controller, mostWaiting };
}

/** `perSecond` works for `durationMs`, at random times that are the same in every run. */
function poisson(perSecond: number, durationMs: number, fromMs = 0): number[] {
  let state = 12_345;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 4_294_967_297;
  };
  const times: number[] = [];
  for (let at = fromMs; at < fromMs + durationMs; at += (-Math.log(random()) * 1_000) / perSecond)
    times.push(at);
  return times;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

const latencies = (outcomes: readonly Outcome[]) =>
  outcomes.filter(({ refused }) => !refused).map(({ arrivedMs, endedMs }) => endedMs - arrivedMs);

/** Two places at 20 ms each. */
const CAPACITY = 100;

describe('admission', () => {
  test('lets everyone in at once while there are places', async () => {
    const { outcomes } = await simulate([0, 0, 20, 20, 40], 20);
    expect(latencies(outcomes)).toEqual([20, 20, 20, 20, 20]);
  });

  test('lets a burst after a quiet time wait rather than turning it away', async () => {
    const { outcomes } = await simulate([0, 0, 40, 40, ...Array.from({ length: 20 }, () => 1_000)], 20);
    expect(outcomes.filter(({ refused }) => refused)).toEqual([]);
    expect(Math.max(...latencies(outcomes))).toBeLessThanOrEqual(LIMITS.burstWaitMs);
  });

  test('turns away what a burst brings beyond the longest wait', async () => {
    const { outcomes } = await simulate([0, 30, 60, ...Array.from({ length: 200 }, () => 1_000)], 20);
    const admitted = latencies(outcomes);
    expect(outcomes.filter(({ refused }) => refused).length).toBeGreaterThan(140);
    expect(Math.max(...admitted)).toBeLessThan(LIMITS.burstWaitMs + 2 * 20);
  });

  test.each([
    ['a fast machine', 20],
    ['a slow machine', 160],
  ])(
    'keeps the latency of those it lets in at three times the capacity of %s, and its places busy',
    async (_, serviceMs) => {
      const capacity = (1_000 / serviceMs) * LIMITS.maxRunning;
      const durationMs = 1_500 * serviceMs;
      const [usual, storm] = await Promise.all([
        simulate(poisson(capacity, durationMs), serviceMs),
        simulate(poisson(3 * capacity, durationMs), serviceMs),
      ]);
      const [usualP95 = 0, stormP95 = 0] = [usual, storm].map(({ outcomes }) =>
        quantile(latencies(outcomes), 0.95),
      );
      expect(stormP95).toBeLessThanOrEqual(1.5 * usualP95);
      const served = latencies(storm.outcomes).length;
      expect((served * 1_000) / durationMs).toBeGreaterThan(0.95 * capacity);
    },
  );

  test('turns nearly nobody away at four fifths of the capacity', async () => {
    const { outcomes } = await simulate(poisson(0.8 * CAPACITY, 30_000), 20);
    const refused = outcomes.filter((outcome) => outcome.refused).length;
    expect(refused / outcomes.length).toBeLessThan(0.01);
  });

  test('is as before within half a second after a storm', async () => {
    const storm = poisson(5 * CAPACITY, 5_000);
    const after = poisson(0.5 * CAPACITY, 5_000, 5_500);
    const { outcomes } = await simulate([...storm, ...after], 20);
    const later = outcomes.filter(({ arrivedMs }) => arrivedMs >= 5_500);
    expect(later.some(({ refused }) => refused)).toBe(false);
    expect(quantile(latencies(later), 0.95)).toBeLessThanOrEqual(40);
  });

  test('learns that works have become slower', async () => {
    let nowMs = 0;
    const controller = new AdmissionController(LIMITS, () => nowMs);
    const ends: Array<() => void> = [];
    for (let i = 0; i < 60; i++) {
      while (controller.refusal() === null && controller.waiting < 3) {
        void controller.enter(never).then((end) => ends.push(end));
        await Promise.resolve();
      }
      await new Promise((resolve) => setImmediate(resolve));
      nowMs += i < 20 ? 5 : 200;
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(controller.waiting).toBeLessThanOrEqual(1);
  });

  test('always lets one wait, however slow works are', async () => {
    const { outcomes } = await simulate([0, 1, 2, 2_000, 2_001, 2_002, 2_003], 900);
    expect(outcomes.filter(({ refused }) => refused).map(({ arrivedMs }) => arrivedMs)).toEqual([2_003]);
  });

  test('serves in the order of arrival', async () => {
    const controller = new AdmissionController({ ...LIMITS, maxRunning: 1 });
    const order: number[] = [];
    const first = await controller.enter(never);
    const later = [1, 2, 3].map(async (number) => {
      const end = await controller.enter(never);
      order.push(number);
      end();
    });
    first();
    await Promise.all(later);
    expect(order).toEqual([1, 2, 3]);
    expect([controller.running, controller.waiting]).toEqual([0, 0]);
  });
});

describe('whoever gives up', () => {
  test('while waiting frees the place in the queue and is never started', async () => {
    const controller = new AdmissionController({ ...LIMITS, maxRunning: 1 });
    const end = await controller.enter(never);
    const leaving = new AbortController();
    const left = controller.enter(leaving.signal);
    const staying = controller.enter(never);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(controller.waiting).toBe(1);
    end();
    (await staying)();
    expect([controller.running, controller.waiting]).toEqual([0, 0]);
  });

  test('before asking gets no place', async () => {
    const controller = new AdmissionController(LIMITS);
    await expect(controller.enter(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(controller.running).toBe(0);
  });

  test('a work that says twice that it has ended frees one place only', async () => {
    const controller = new AdmissionController(LIMITS);
    const [one] = await Promise.all([controller.enter(never), controller.enter(never)]);
    one();
    one();
    expect(controller.running).toBe(1);
  });
});
