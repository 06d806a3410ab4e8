import { createHash, type Hash } from 'node:crypto';

/** SHA-256 of files whose content comes by bit by bit. */
export class ChecksumsOfFiles {
  readonly #hashes = new Map<string, Hash>();

  /** @param chunk  What follows in the file of this name. */
  add(name: string, chunk: Uint8Array): void {
    this.start(name).update(chunk);
  }

  /** A file of which nothing may come. */
  start(name: string): Hash {
    const known = this.#hashes.get(name);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    this.#hashes.set(name, hash);
    return hash;
  }

  /** In hexadecimal digits, by name, in the order of coming; of the content so far. */
  all(): Map<string, string> {
    return new Map([...this.#hashes].map(([name, hash]) => [name, hash.copy().digest('hex')]));
  }
}

/** As `sha256sum` writes and checks it: a line for each file. */
export function formatChecksums(sums: ReadonlyMap<string, string>): string {
  return [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');
}

/** By name. Null when a line is not of that form, or a name comes twice. */
export function parseChecksums(text: string): Map<string, string> | null {
  const sums = new Map<string, string>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined || sums.has(name)) return null;
    sums.set(name, sum);
  }
  return sums;
}
