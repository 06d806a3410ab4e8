/** How much a cache is worth, since the start. */
export interface CacheFigures {
  /** Asked for what was there, or was already being made for another caller. */
  readonly hits: number;
  /** Asked for what had to be made. */
  readonly misses: number;
  readonly entries: number;
  /** Of what is kept, as far as it is counted; what the keys and the map itself take is not. */
  readonly sizeBytes: number;
}
