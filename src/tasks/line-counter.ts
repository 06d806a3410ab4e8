const NEWLINE = 0x0a;
const BLANKS: readonly number[] = [0x20, 0x09, 0x0d];
const UTF8_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** Counts the lines of a stream of bytes that are not blank: as many as `splitLines` gives. */
export class LineCounter {
  #complete = 0;
  #isBlank = true;
  /** Where the next chunk begins. */
  #offset = 0;

  add(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#isBlank) {
        const byte = chunk[at] ?? NEWLINE;
        const isMark = byte === UTF8_MARK[this.#offset + at];
        this.#isBlank = byte === NEWLINE || isMark || BLANKS.includes(byte);
        at += 1;
        continue;
      }
      const end = chunk.indexOf(NEWLINE, at);
      if (end < 0) break;
      this.#complete += 1;
      this.#isBlank = true;
      at = end + 1;
    }
    this.#offset += chunk.length;
  }

  /** A last line without a line feed counts. */
  get count(): number {
    return this.#complete + (this.#isBlank ? 0 : 1);
  }
}
