import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceWatch } from '../../../src/threads/silence-watch.js';

const LIMIT_MS = 100_000;

describe('SilenceWatch', () => {
  let events: string[];
  let watch: SilenceWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    events = [];
    watch = new SilenceWatch({
      limitMs: LIMIT_MS,
      ask: () => events.push('asked'),
      onSilent: (silentMs) => events.push(`silent ${silentMs}`),
      onHeard: () => events.push('heard'),
      onGivenUp: (silentMs) => {
        events.push(`given up ${silentMs}`);
        watch.stop();
      },
      onTick: () => {},
    });
  });
  afterEach(() => {
    watch.stop();
    vi.useRealTimers();
  });

  it('asks a thread that answers again and again, and tells nothing', () => {
    watch.start();
    for (let i = 0; i < 60; i += 1) {
      vi.advanceTimersByTime(1_000);
      watch.heard();
    }
    expect(events).toHaveLength(60);
    expect(new Set(events)).toEqual(new Set(['asked']));
  });

  it('tells once of a thread that is silent, and again when it is heard', () => {
    watch.start();
    vi.advanceTimersByTime(40_000);
    watch.heard();
    vi.advanceTimersByTime(3_000);
    expect(events).toEqual(['asked', 'silent 15000', 'heard', 'asked']);
  });

  it('gives it up at the limit, once', () => {
    watch.start();
    vi.advanceTimersByTime(10 * LIMIT_MS);
    expect(events).toEqual(['asked', 'silent 15000', `given up ${LIMIT_MS}`]);
  });

  it('asks nothing of a thread that has nothing to do', () => {
    watch.start();
    watch.stop();
    vi.advanceTimersByTime(LIMIT_MS);
    expect(events).toEqual([]);
  });

  it('does not take a machine that slept for a thread that hangs', () => {
    watch.start();
    vi.advanceTimersByTime(1_000);
    // The clock has gone on by hours when the next look comes.
    vi.setSystemTime(Date.now() + 50 * LIMIT_MS);
    vi.advanceTimersByTime(1_000);
    expect(events).toEqual(['asked']);
  });
});
