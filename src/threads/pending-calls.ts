/**
 * Calls that wait for their answers, by number. Numbers are used again.
 *
 * An array, and not a Map: a Map that entries come into and go out of moves to a new table again and again, and the ones
 * that it left hold what was in them at the time, and each holds the next. Once one of them counts as old to the garbage
 * collector, what goes through the later ones is kept, and copied among the old things, until all memory is collected.
 */
export class PendingCalls<Call> {
  readonly #places: Array<Call | null> = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#places.length - this.#free.length;
  }

  /** @returns Its number, from 1. */
  add(call: Call): number {
    const place = this.#free.pop() ?? this.#places.length;
    this.#places[place] = call;
    return place + 1;
  }

  /** Takes a call out; undefined when there is none of that number. */
  take(number: number): Call | undefined {
    const call = this.#places[number - 1] ?? undefined;
    if (call === undefined) return undefined;
    this.#places[number - 1] = null;
    this.#free.push(number - 1);
    return call;
  }

  /** Takes out all. */
  takeAll(): Call[] {
    const calls = [...this];
    this.#places.length = 0;
    this.#free.length = 0;
    return calls;
  }

  *[Symbol.iterator](): Generator<Call> {
    for (const call of this.#places) if (call !== null) yield call;
  }
}
