import { describe, expect, it } from 'vitest';

/** The scripts are plain JavaScript, so what they export has no types here. */
const part = (name: string) =>
  import(new URL(`../../../scripts/word-translations/${name}`, import.meta.url).href);
const { alignWords } = await part('align-words.mjs');
const { learnTranslations } = await part('learn-translations.mjs');
const { toTable } = await part('to-table.mjs');

interface Translation {
  readonly en: string;
  readonly ar: string;
  readonly sureness: number;
}

const pair = (en: string, ar: string) => ({ en: en.split(' '), ar: ar.split(' ') });
const PAIRS = [
  pair('moon rise', 'قمر طلع'),
  pair('moon set', 'قمر غرب'),
  pair('sun rise', 'شمس طلع'),
  pair('sun set', 'شمس غرب'),
  pair('moon', 'قمر'),
  pair('sun', 'شمس'),
];

describe('alignWords', () => {
  it('finds which word is which by what they stand beside', () => {
    const found = alignWords(PAIRS, 'en', 'ar');
    for (const [english, arabic] of [
      ['moon', 'قمر'],
      ['sun', 'شمس'],
      ['rise', 'طلع'],
      ['set', 'غرب'],
    ]) {
      expect(found.get(english).get(arabic)).toBeGreaterThan(0.9);
    }
  });

  it('shares the probability of each word out to its translations', () => {
    for (const translations of alignWords(PAIRS, 'ar', 'en').values()) {
      const all = [...translations.values()].reduce((sum: number, one: number) => sum + one, 0);
      expect(all).toBeCloseTo(1, 6);
    }
  });

  it('looks at about the same place first when nothing else tells', () => {
    const [first] = [...alignWords([pair('a b c', 'ا ب ج')], 'en', 'ar')];
    expect([...first[1]].sort((x, y) => y[1] - x[1])[0][0]).toBe('ا');
  });

  it('learns nothing of a text without words', () => {
    expect(alignWords([{ en: [], ar: ['قمر'] }], 'en', 'ar').size).toBe(0);
  });
});

describe('learnTranslations', () => {
  const translations: Translation[] = learnTranslations(PAIRS);

  it('keeps what both directions take for translations, by English stem', () => {
    expect(translations.map(({ en, ar }) => `${en} ${ar}`)).toEqual([
      'moon قمر',
      'rise طلع',
      'set غرب',
      'sun شمس',
    ]);
    for (const { sureness } of translations) expect(sureness).toBeGreaterThan(90);
  });

  it('keeps the likeliest dozen of a word', () => {
    const many = Array.from({ length: 15 }, (_, i) => pair('run', `جري${i}`));
    const ofRun: Translation[] = learnTranslations([...many, ...many.slice(0, 3)]);
    expect(ofRun).toHaveLength(12);
    expect(
      ofRun
        .slice(0, 3)
        .map(({ ar }) => ar)
        .sort(),
    ).toEqual(['جري0', 'جري1', 'جري2']);
  });

  it('gives the same table for the same texts', () => {
    expect(toTable(learnTranslations(PAIRS), 6)).toBe(toTable(translations, 6));
  });
});

describe('toTable', () => {
  it('has a line for each English stem, and the number of texts', () => {
    const rows: Translation[] = [
      { en: 'moon', ar: 'قمر', sureness: 99 },
      { en: 'moon', ar: 'هلال', sureness: 50 },
      { en: 'sun', ar: 'شمس', sureness: 98 },
    ];
    const lines = toTable(rows, 7).split('\n');
    expect(lines.slice(2)).toEqual(['moon\tقمر 99 هلال 50', 'sun\tشمس 98', '']);
    expect(lines[1]).toContain('# 7 pairs');
  });
});
