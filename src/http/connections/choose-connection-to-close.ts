/** What an open connection is doing. */
export interface ConnectionState {
  /**
   * `answering`: its request is there, its reply is being made. `receiving`: its request is coming in, or nothing ever
   * came. `idle`: it is kept open for a next request.
   */
  readonly doing: 'answering' | 'receiving' | 'idle';
  /** How long it has been doing that. */
  readonly forMs: number;
  /** Bytes that came in meanwhile. */
  readonly receivedBytes: number;
}

/** Requests mostly come in one piece. What takes longer is sent slowly, by a bad line or on purpose. */
const SLOW_AFTER_MS = 2_000;

/**
 * Which connection makes room for a new one: of those that have been sending for long the one that sends least a second;
 * else the one that has been idle longest; else the one that has been sending longest. One that is being answered is
 * never closed.
 * @returns Its place; null when all are being answered
 * Cost: linear.
 */
export function chooseConnectionToClose(states: readonly ConnectionState[]): number | null {
  const isSlow = ({ doing, forMs }: ConnectionState) => doing === 'receiving' && forMs >= SLOW_AFTER_MS;
  const bytesPerMs = ({ receivedBytes, forMs }: ConnectionState) => receivedBytes / forMs;
  return (
    best(states, isSlow, (state) => -bytesPerMs(state)) ??
    best(
      states,
      ({ doing }) => doing === 'idle',
      ({ forMs }) => forMs,
    ) ??
    best(
      states,
      ({ doing }) => doing === 'receiving',
      ({ forMs }) => forMs,
    )
  );
}

function best(
  states: readonly ConnectionState[],
  isCandidate: (state: ConnectionState) => boolean,
  worth: (state: ConnectionState) => number,
): number | null {
  let found: number | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const [place, state] of states.entries()) {
    if (!isCandidate(state) || worth(state) <= most) continue;
    found = place;
    most = worth(state);
  }
  return found;
}
