import { describe, expect, it } from 'vitest';
import { ChecksumsOfFiles, formatChecksums, parseChecksums } from '../../../src/backup/checksums.js';

const A = 'a'.repeat(64);
const B = '0123456789abcdef'.repeat(4);

describe('checksums', () => {
  it('are made bit by bit, of empty files too', () => {
    const sums = new ChecksumsOfFiles();
    sums.start('empty');
    for (const part of ['a', 'b', 'c']) sums.add('abc', Buffer.from(part));
    // Source: FIPS 180-2, appendix B.1; the other is that of no bytes.
    expect([...sums.all()]).toEqual([
      ['empty', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ]);
  });

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
