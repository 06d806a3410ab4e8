import { describe, expect, test } from 'vitest';
import {
  type ConnectionState,
  chooseConnectionToClose,
} from '../../../src/http/connections/choose-connection-to-close.js';

const state = (doing: ConnectionState['doing'], forMs: number, receivedBytes = 0): ConnectionState => ({
  doing,
  forMs,
  receivedBytes,
});

describe('the connection that makes room', () => {
  test('is the slowest of those that have been sending for long', () => {
    const upload = state('receiving', 60_000, 50_000_000);
    const trickle = state('receiving', 5_000, 5);
    expect(chooseConnectionToClose([state('idle', 90_000), upload, trickle])).toBe(2);
  });

  test('is one that never said anything before one that says little', () => {
    expect(chooseConnectionToClose([state('receiving', 5_000, 5), state('receiving', 3_000)])).toBe(1);
  });

  test('is the one that has been idle longest when none sends slowly', () => {
    const states = [state('receiving', 100, 3), state('idle', 10), state('idle', 30), state('idle', 20)];
    expect(chooseConnectionToClose(states)).toBe(2);
  });

  test('is the one that has been sending longest when none is idle', () => {
    const states = [state('receiving', 100, 3), state('receiving', 1_900, 9), state('answering', 90_000)];
    expect(chooseConnectionToClose(states)).toBe(1);
  });

  test('is none when all are being answered, or there is none', () => {
    expect(chooseConnectionToClose([state('answering', 1), state('answering', 90_000)])).toBeNull();
    expect(chooseConnectionToClose([])).toBeNull();
  });
});
