import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consonantSkeletons } from '../../../src/text/consonant-skeleton.js';
import { matchTokens } from '../../../src/text/match-tokens.js';

/** Of the first word of a text as its author spelled it. */
const skeletonsOf = (text: string) => consonantSkeletons(matchTokens(text)[0]!.folded);

describe('consonantSkeletons', () => {
  it.each([
    ['London', 'لندن'],
    ['Beethoven', 'بيتهوفن'],
    ['Shakespeare', 'شكسبير'],
    ['Philadelphia', 'فيلادلفيا'],
    ['Baghdad', 'بغداد'],
    ['Copernicus', 'كوبرنيكوس'],
    ['Cervantes', 'سرفانتس'],
    ['Voltaire', 'فولتير'],
    ['Nefertiti', 'نفرتيتي'],
    ['Dostoevsky', 'دوستويفسكي'],
    ['Picasso', 'بيكاسو'],
  ])('are the same for %s and %s', (latin, arabic) => {
    expect(skeletonsOf(latin)).toHaveLength(1);
    expect(skeletonsOf(arabic)).toContain(skeletonsOf(latin)[0]);
  });

  it.each([
    ['sh and ch', 'Marrakech', 'مراكش'],
    ['the Arabic ch', 'Churchill', 'تشرشل'],
    ['the Arabic tch', 'Tchaikovsky', 'تشايكوفسكي'],
    ['chr', 'Christopher', 'كريستوفر'],
    ['kh', 'Khartoum', 'الخرطوم'],
    ['gh', 'Ghardaia', 'غرداية'],
    ['ph', 'Josephine', 'جوزفين'],
    ['th', 'Catherine', 'كاترين'],
    ['dh', 'Sindhi', 'سندي'],
    ['x', 'Mexico', 'المكسيك'],
    ['qu', 'Quintero', 'كينتيرو'],
    ['ck', 'Brockman', 'بروكمان'],
    ['a soft c', 'Francis', 'فرنسيس'],
  ])('read %s as the one sound that it is: %s, %s', (_letters, latin, arabic) => {
    expect(skeletonsOf(arabic)).toContain(skeletonsOf(latin)[0]);
  });

  it.each(['برلين', 'وبرلين', 'ببرلين', 'لبرلين', 'وببرلين'])(
    'find Berlin behind the letters attached to %s',
    (word) => {
      expect(skeletonsOf(word)).toContain(skeletonsOf('Berlin')[0]);
    },
  );

  it.each(['البرازيل', 'والبرازيل', 'بالبرازيل', 'وبالبرازيل', 'كالبرازيل', 'للبرازيل', 'وللبرازيل'])(
    'find Brazil behind the article of %s, in that reading alone',
    (word) => {
      expect(skeletonsOf(word)).toEqual(skeletonsOf('Brazil'));
    },
  );

  it('read a first letter that may be attached both ways', () => {
    expect(skeletonsOf('لندن')).toEqual(['LNDN', 'NDN']);
    expect(skeletonsOf('بغداد')).toContain('PKD');
  });

  it('look through spelling: case, accents, vowels, doubled letters, tatweel', () => {
    expect(skeletonsOf('DÜSSELDORF')).toEqual(skeletonsOf('Duseldorf'));
    expect(skeletonsOf('بَغْدَاد')).toEqual(skeletonsOf('بغـــداد'));
  });

  it.each(['Rio', 'Cairo', 'Mama', 'sea', 'ريو', 'القاهرة', 'محمد', 'يد'])(
    'say nothing of %s, which has fewer than three consonants',
    (word) => {
      expect(skeletonsOf(word)).toEqual([]);
    },
  );

  it('keep apart names that sound apart', () => {
    const names = ['London', 'Berlin', 'Baghdad', 'Khartoum', 'Brazil', 'Philadelphia', 'Shakespeare'];
    expect(new Set(names.flatMap(skeletonsOf)).size).toBe(names.length);
  });

  it('are one or two keys of at least three consonants, whatever the word', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظعغفقكلمنهوي'];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters), minLength: 1 }), (word) => {
        const skeletons = consonantSkeletons(word);
        expect(skeletons.length).toBeLessThanOrEqual(2);
        expect(new Set(skeletons).size).toBe(skeletons.length);
        for (const skeleton of skeletons) expect(skeleton).toMatch(/^[A-Z]{3,}$/);
      }),
    );
  });
});
