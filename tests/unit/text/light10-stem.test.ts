import { describe, expect, it } from 'vitest';
import { light10Stem } from '../../../src/text/light10-stem.js';

describe('light10Stem', () => {
  it.each([
    [
      'takes the article off, and what stands before it',
      'الكتاب والكتاب بالكتاب وبالكتاب فكالكتاب للكتاب وللكتاب',
      'كتاب',
    ],
    ['takes ب ك ل ف off a word that it knows', 'بكتاب ككتاب لكتاب فكتاب وبكتاب ولكتاب', 'كتاب'],
    ['takes off what can only be attached', 'بإنذار لإنذار وبإنذار فإنذار إنذار', 'انذار'],
    ['takes endings off', 'مهندس مهندسون مهندسين مهندسات المهندسان مهندسها', 'مهندس'],
    ['takes several endings off', 'مصر مصري مصرية المصريون المصريين مصريات', 'مصر'],
    ['leaves the و of a word', 'وزير الوزير ووزير بالوزير وزيرها', 'وزير'],
    ['leaves the ل of a word behind لل', 'لبنان للبنان لبناني اللبنانية', 'لبنان'],
    ['leaves the ال of a word', 'ألمانيا لألمانيا المانيا بالمانيا', 'المانيا'],
    ['leaves the ى of a name', 'موسى موسي وموسى لموسى', 'موسي'],
    ['leaves short words', 'يد', 'يد'],
    ['leaves a letter that may belong to the word', 'بليغ', 'بليغ'],
  ])('%s', (_name, words, stem) => {
    expect(new Set(words.split(' ').map(light10Stem))).toEqual(new Set([stem]));
  });
});
