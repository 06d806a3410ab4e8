import { describe, expect, it } from 'vitest';
import { formatChecksums, parseChecksums } from '../../../src/backup/checksums.js';

const A = 'a'.repeat(64);
const B = '0123456789abcdef'.repeat(4);

describe('checksums', () => {
  it('are written and read in the form of sha256sum', () => {
    const sums = new Map([
      ['manifest.json', A],
      ['tasks/x y.json', B],
    ]);
    expect(formatChecksums(sums)).toBe(`${A}  manifest.json\n${B}  tasks/x y.json\n`);
    expect(parseChecksums(formatChecksums(sums))).toEqual(sums);
  });

  it.each([`${A} manifest.json\n`, `${A.slice(1)}  manifest.json\n`, `${A}  a\n${B}  a\n`, 'text'])(
    'are not read from %j',
    (text) => {
      expect(parseChecksums(text)).toBeNull();
    },
  );
});
