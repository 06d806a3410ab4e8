/** Changes of an archive that have begun, so that nothing is closed under them. */
export class RunningChanges {
  readonly #running = new Set<Promise<void>>();

  /** @returns The change itself. */
  track<Result>(change: Promise<Result>): Promise<Result> {
    const over: Promise<void> = change
      .then(
        () => {},
        () => {},
      )
      .finally(() => this.#running.delete(over));
    this.#running.add(over);
    return change;
  }

  /** Resolves when no change is under way any more, whether they succeeded or not. */
  async over(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
