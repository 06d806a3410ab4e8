let hung = 0;

/** To be told when a thread is given up because it hangs. */
export function noteHungThread(): void {
  hung += 1;
}

/** Whether a thread hangs: Node would wait for it for ever when the process ends. */
export function hasHungThread(): boolean {
  return hung > 0;
}
