/** A set of labels as the store gives it: rising, in one array. Answers membership by halving; takes no more memory. */
export class LabelFilter {
  readonly labels: Uint32Array;

  /** @param labels  Any order, repeats allowed; used as it is when it rises strictly. */
  constructor(labels: Uint32Array) {
    this.labels = risesStrictly(labels) ? labels : Uint32Array.from(new Set(labels)).sort();
  }

  get size(): number {
    return this.labels.length;
  }

  has(label: number): boolean {
    let low = 0;
    let high = this.labels.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.labels[middle] ?? 0;
      if (found === label) return true;
      if (found < label) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}

function risesStrictly(labels: Uint32Array): boolean {
  for (let i = 1; i < labels.length; i += 1) {
    if ((labels[i] ?? 0) <= (labels[i - 1] ?? 0)) return false;
  }
  return true;
}
