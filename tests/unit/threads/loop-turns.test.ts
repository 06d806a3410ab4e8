import { setImmediate as nextImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { letMoreIn, nextTurn } from '../../../src/threads/loop-turns.js';

describe('nextTurn', () => {
  it('gives turns in the order of asking', async () => {
    const taken: number[] = [];
    await Promise.all([1, 2, 3].map((one) => nextTurn().then(() => taken.push(one))));
    expect(taken).toEqual([1, 2, 3]);
  });

  it('lets the event loop come round between two turns', async () => {
    const seen: string[] = [];
    const turns = ['first', 'second'].map((name) => nextTurn().then(() => seen.push(name)));
    // Set after the turns were asked for: without a round in between, both turns would come before it.
    const round = nextImmediate().then(() => seen.push('round'));
    await Promise.all([...turns, round]);
    expect(seen).toEqual(['first', 'round', 'second']);
  });

  it('gives turns again when there have been none for a while', async () => {
    await nextTurn();
    await nextImmediate();
    await expect(nextTurn()).resolves.toBeUndefined();
  });

  it('gives a turn to whoever asks within one', async () => {
    const seen: string[] = [];
    await nextTurn().then(() => {
      seen.push('outer');
      return nextTurn().then(() => seen.push('inner'));
    });
    expect(seen).toEqual(['outer', 'inner']);
  });

  it('waits another round when something came in of which one is taken a round', async () => {
    const seen: string[] = [];
    letMoreIn();
    const turn = nextTurn().then(() => seen.push('turn'));
    await nextImmediate();
    seen.push('round');
    await turn;
    expect(seen).toEqual(['round', 'turn']);
  });

  it('is taken in the end, however much comes in', async () => {
    let rounds = 0;
    let isTaken = false;
    const turn = nextTurn().then(() => {
      isTaken = true;
    });
    while (!isTaken) {
      letMoreIn();
      await nextImmediate();
      rounds += 1;
      if (rounds > 100) break;
    }
    await turn;
    expect(rounds).toBeGreaterThan(10);
    expect(rounds).toBeLessThan(25);
  });
});
