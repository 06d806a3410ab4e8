import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWordTranslations, WordTranslations } from '../../../src/search/word-translations.js';
import { matchTokens } from '../../../src/text/match-tokens.js';
import { hashTerm } from '../../../src/text/passage-terms.js';

const TABLE = '# of two words\nmoon\tقمر 99 اقمار 60\ncrescent\tهلال 95 قمر 40\n';

describe('WordTranslations', () => {
  const translations = new WordTranslations(TABLE);

  it('tell the translations of a stem in either direction, the surest first', () => {
    expect(translations.of('moon')).toEqual([
      { hash: hashTerm('قمر'), sureness: 0.99 },
      { hash: hashTerm('اقمار'), sureness: 0.6 },
    ]);
    expect(translations.of('قمر')).toEqual([
      { hash: hashTerm('moon'), sureness: 0.99 },
      { hash: hashTerm('crescent'), sureness: 0.4 },
    ]);
  });

  it('know nothing of a stem that is not there, nor of what is told to readers', () => {
    for (const stem of ['sun', '#', 'of', '99', '']) expect(translations.of(stem)).toEqual([]);
    expect(new WordTranslations('').of('moon')).toEqual([]);
  });

  it.each([
    ['a missing file', null, { code: 'MODEL_NOT_FOUND', message: expect.stringContaining('missing') }],
    [
      'a stem without translations',
      'moon\n',
      { code: 'MODEL_FILE_ALTERED', message: expect.stringContaining('line 1') },
    ],
    ['a line that is cut', 'sun\tشمس 99\nmoon\tقمر 99 اقم', { message: expect.stringContaining('line 2') }],
    ['a number that is none', 'moon\tقمر x\n', { code: 'MODEL_FILE_ALTERED' }],
    ['bytes of something else', '\u0000\u0001\u0002', { code: 'MODEL_FILE_ALTERED' }],
  ])('are refused with what is wrong: %s', async (_, table, error) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fihrist-translations-'));
    const file = path.join(folder, 'ar-en.tsv');
    if (table !== null) await writeFile(file, table);
    await expect(readWordTranslations(file)).rejects.toMatchObject({ ...error, details: { file } });
    await rm(folder, { recursive: true });
  });

  it('of the table that is shipped are of the stems that words are found by', async () => {
    const shipped = await readWordTranslations('models/word-translations/ar-en.tsv');
    for (const [english, arabic] of [
      ['teachers', 'المعلمون'],
      ['governments', 'الحكومة'],
      ['wars', 'الحرب'],
      ['oxygen', 'الأكسجين'],
    ]) {
      const [from, to] = [english, arabic].map((word) => matchTokens(word as string)[0]?.stem ?? '');
      const [best] = shipped.of(from as string);
      expect(best).toMatchObject({ sureness: expect.any(Number) });
      expect(shipped.of(from as string).map(({ hash }) => hash)).toContain(hashTerm(to as string));
      expect(shipped.of(to as string).map(({ hash }) => hash)).toContain(hashTerm(from as string));
    }
  });
});
