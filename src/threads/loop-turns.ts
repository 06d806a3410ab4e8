/** Rounds in succession in which nobody has a turn because something keeps coming in. */
const MOST_ROUNDS_GIVEN = 16;

const waiting: Array<() => void> = [];
let hasComeIn = false;
let roundsGiven = 0;

/**
 * Resolves when it is the caller's turn on the event loop. Between two turns the loop looks at what has come in, so that
 * works of a millisecond or two are done one after the other, and never several before a request that waits to be
 * answered or turned away in a moment.
 * Cost: some microseconds when nobody else waits.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(takeTurn);
  });
}

/**
 * Has turns wait for another round of the loop: something came in of which it takes only one a round, as it does of new
 * connections (libuv since 1.46), so that each of a hundred would wait for as many turns as there are others before it.
 * Promise: a turn is taken every 16 rounds at least, whatever comes in.
 */
export function letMoreIn(): void {
  hasComeIn = true;
}

/** One for each time that the loop comes round: immediates that are set meanwhile run after it has looked for input. */
function takeTurn(): void {
  if (hasComeIn && roundsGiven < MOST_ROUNDS_GIVEN) {
    roundsGiven += 1;
  } else {
    roundsGiven = 0;
    waiting.shift()?.();
  }
  hasComeIn = false;
  if (waiting.length > 0) setImmediate(takeTurn);
}
