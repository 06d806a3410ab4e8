/**
 * Lets long work share a thread: it runs for `sliceMs` at a time and lets waiting messages be answered in between.
 * Await it between two steps of the work. A step that is longer than a slice is not cut.
 */
export function timeSlices(sliceMs: number): () => Promise<void> {
  let end = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < end) return;
    await new Promise((resolve) => setImmediate(resolve));
    end = performance.now() + sliceMs;
  };
}
