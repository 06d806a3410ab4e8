import { describe, expect, it } from 'vitest';
import { readQueryText, weighQueryTerms } from '../../../src/search/query-terms.js';
import { gramsOf, hashTerm } from '../../../src/text/passage-terms.js';

const statistics = (passagesWith: readonly number[]) => ({
  passages: 100,
  meanLength: 30,
  passagesWith: Uint32Array.from(passagesWith),
});

describe('readQueryText', () => {
  it('gives each stem once, with a word of each, and no stop words', () => {
    const { stems, words, tokens } = readQueryText('Which cities of the old city were rebuilt?');
    expect(stems).toHaveLength(3);
    expect(new Set(stems).size).toBe(3);
    expect(words.map((word) => readQueryText(word).stems[0])).toEqual(stems);
    expect(tokens.map(({ folded }) => folded)).toContain('of');
  });

  it('reads phrases with their stop words, and their words as words too', () => {
    const { phrases, stems } = readQueryText('من كتب «ألف ليلة وليلة»؟');
    expect(phrases).toEqual([['الف', 'ليله', 'وليله']]);
    expect(stems).toEqual(expect.arrayContaining([...readQueryText('ألف ليلة').stems]));
  });

  it('reads the names and numbers among the words as the other script has them', () => {
    const { names } = readQueryText('Baghdad burnt in 1258 and Baghdad in 1917');
    expect(names).toEqual([['PKD'], [], ['#1258'], ['#1917']].map((readings) => readings.map(hashTerm)));
    expect(readQueryText('سقوط بغداد عام ١٢٥٨').names).toEqual(
      expect.arrayContaining([['PKD'], ['#1258']].map((readings) => readings.map(hashTerm))),
    );
  });

  it('leaves nothing to look for of stop words alone', () => {
    expect(readQueryText('where is it?')).toMatchObject({ stems: [], words: [], phrases: [], names: [] });
  });
});

describe('weighQueryTerms', () => {
  it('gives rare words more weight than frequent ones, and none a weight below 0', () => {
    const text = readQueryText('rare frequent everywhere');
    const [rare, frequent, everywhere] = weighQueryTerms(text, statistics([1, 50, 100])).words;
    expect(rare!.weight).toBeGreaterThan(frequent!.weight);
    expect(frequent!.weight).toBeGreaterThan(everywhere!.weight);
    expect(everywhere!.weight).toBeGreaterThanOrEqual(0);
    expect(rare!.hash).toBe(hashTerm(text.stems[0]!));
  });

  it('shares the weight of a word out to its triples, each once', () => {
    const { words, grams } = weighQueryTerms(readQueryText('سمسميه'), statistics([4]));
    expect(grams.map(({ hash }) => hash)).toEqual([...new Set(gramsOf('سمسميه'))].map(hashTerm));
    expect(grams.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(words[0]!.weight, 12);
  });

  it('gives short words no triples', () => {
    expect(weighQueryTerms(readQueryText('moon'), statistics([4])).grams).toEqual([]);
  });

  it('hands the mean length on', () => {
    expect(weighQueryTerms(readQueryText('Khartoum'), statistics([0])).meanLength).toBe(30);
  });
});
