import { describe, expect, it } from 'vitest';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { CandidateCosines } from '../../../src/search/candidate-cosines.js';
import {
  candidateFeatures,
  type RankingQuery,
  withAllFeatures,
} from '../../../src/search/candidate-features.js';
import type { FoundCandidate } from '../../../src/search/find-candidates.js';
import { JudgedWords } from '../../../src/search/judged-words.js';
import { prepareQuery } from '../../../src/search/prepare-query.js';
import { readQueryText, weighQueryTerms } from '../../../src/search/query-terms.js';
import { WordTranslations } from '../../../src/search/word-translations.js';
import { wordsAcross } from '../../../src/search/words-across.js';
import { rankingDataOf } from './candidate-sketches.js';
import { dot, vectorOf } from './random-vectors.js';

const raw = vectorOf(1);

function queryOf(question: string, vector: Float32Array | null = raw): RankingQuery {
  const text = readQueryText(question);
  const passagesWith = Uint32Array.from(text.stems, () => 1);
  return {
    prepared: vector === null ? null : prepareQuery(vector, NO_CENTRING),
    terms: weighQueryTerms(text, { passages: 50, meanLength: 3, passagesWith }),
    wordsAcross: wordsAcross(text, new WordTranslations('moon\tقمر 99')),
    holding: null,
    language: 'en',
  };
}

const found = (...labels: number[]): FoundCandidate[] =>
  labels.map((label) => ({ label, foundBy: ['dense'], wordRank: -1 }));

describe('candidateFeatures', () => {
  it('takes over how candidates that words found were judged before, and judges the others', () => {
    const data = rankingDataOf({
      1: { text: 'moon' },
      2: { text: 'moon and stars', title: vectorOf(3) },
      3: { text: 'stars', sentences: [vectorOf(4), raw] },
      4: {},
    });
    const query = queryOf('moon stars');
    const block: FoundCandidate[] = [
      { label: 2, foundBy: ['dense', 'keyword'], wordRank: 1 },
      { label: 4, foundBy: ['dense'], wordRank: -1 },
      { label: 3, foundBy: ['keyword'], wordRank: 0 },
      // Beyond those that were judged before.
      { label: 1, foundBy: ['keyword'], wordRank: 2 },
    ];
    const judgedByWords = new JudgedWords(query.terms, 2);
    for (const [place, label] of [3, 2].entries()) {
      judgedByWords.judge(place, data.candidates.get(label)!.terms);
    }
    const cosinesAhead = CandidateCosines.of(query.prepared, [3, 2], data);
    const ahead = candidateFeatures({ ...query, judgedByWords, cosinesAhead }, block, data);
    expect(ahead.map(withAllFeatures)).toEqual(candidateFeatures(query, block, data).map(withAllFeatures));
    const others = new JudgedWords(query.terms, 1);
    others.judge(0, data.candidates.get(4)!.terms);
    const [first] = candidateFeatures({ ...query, judgedByWords: others }, found(1), data);
    expect(first?.words).toBeGreaterThan(0);
    const taken = { label: 1, foundBy: ['keyword'], wordRank: 0 } as const;
    expect(candidateFeatures({ ...query, judgedByWords: others }, [taken], data)[0]?.words).toBe(0);
  });

  it('holds the question against passage, best sentence and title', () => {
    const data = rankingDataOf({
      7: { passage: vectorOf(2), sentences: [vectorOf(3), raw], title: vectorOf(4) },
    });
    const [only] = candidateFeatures(queryOf('moon'), found(7), data);
    expect(only).toMatchObject({ label: 7, articleNumber: 7, language: 'en', sentenceIndex: 1 });
    expect(only?.passage).toBeCloseTo(dot(raw, vectorOf(2)), 2);
    expect(only?.sentence).toBeCloseTo(1, 2);
    expect(only?.title).toBeCloseTo(dot(raw, vectorOf(4)), 2);
  });

  it('takes the earlier of two equal sentences', () => {
    const data = rankingDataOf({ 1: { sentences: [vectorOf(7), raw, raw] } });
    expect(candidateFeatures(queryOf('moon'), found(1), data)[0]?.sentenceIndex).toBe(1);
  });

  it('finds the best sentence also where all point away', () => {
    const away = raw.map((value) => -value);
    const data = rankingDataOf({ 1: { sentences: [away, away.map((value, i) => (i === 0 ? 0 : value))] } });
    const [only] = candidateFeatures(queryOf('moon'), found(1), data);
    expect(only?.sentenceIndex).toBe(1);
    expect(only?.sentence).toBeLessThan(0);
  });

  it('lets a passage of one sentence stand for its sentence', () => {
    const data = rankingDataOf({ 1: { passage: vectorOf(5) } });
    const [only] = candidateFeatures(queryOf('moon'), found(1), data);
    expect(only?.sentence).toBe(only?.passage);
    expect(only?.sentenceIndex).toBe(0);
  });

  it('says null of the title of an article that has none', () => {
    const data = rankingDataOf({ 1: {}, 2: { title: raw } });
    const features = candidateFeatures(queryOf('moon'), found(1, 2), data);
    expect(features[0]?.title).toBeNull();
    expect(features[1]?.title).toBeCloseTo(1, 2);
  });

  it('never mixes up passages, sentences and titles that lie side by side', () => {
    const passages = {
      1: { sentences: [vectorOf(2), vectorOf(3), vectorOf(4)], title: vectorOf(5), text: 'moon' },
      2: { title: vectorOf(6), language: 'ar' as const },
      3: { sentences: [vectorOf(7), vectorOf(8)], text: 'moon stars' },
      4: { sentences: [vectorOf(9), raw], title: vectorOf(10) },
    };
    const together = candidateFeatures(queryOf('moon stars'), found(4, 2, 9, 1, 3), rankingDataOf(passages));
    expect(together.map(({ label }) => label)).toEqual([4, 2, 1, 3]);
    for (const features of together) {
      const label = features.label as keyof typeof passages;
      const data = rankingDataOf({ [label]: passages[label] });
      const [alone] = candidateFeatures(queryOf('moon stars'), found(label), data);
      expect(withAllFeatures(alone!)).toEqual(withAllFeatures(features));
    }
  });

  it('tells which candidates hold every quoted phrase; none does when nothing is quoted', () => {
    const data = rankingDataOf({ 1: { language: 'ar' }, 2: {}, 3: {} });
    const phrasesOf = (holding: RankingQuery['holding']) =>
      candidateFeatures({ ...queryOf('moon'), holding }, found(1, 2, 3), data).map(({ phrases }) => phrases);
    expect(phrasesOf(new Set([1, 3, 9]))).toEqual([1, 0, 1]);
    expect(phrasesOf(new Set())).toEqual([0, 0, 0]);
    expect(phrasesOf(null)).toEqual([0, 0, 0]);
  });

  it('gives every candidate its words, whichever list found it', () => {
    const data = rankingDataOf({ 1: { text: 'moon' }, 2: { text: 'moon' }, 3: { text: 'sun' } });
    const lists: FoundCandidate[] = [
      { label: 1, foundBy: ['dense'], wordRank: -1 },
      { label: 2, foundBy: ['dense', 'keyword'], wordRank: 0 },
      { label: 3, foundBy: ['dense'], wordRank: -1 },
    ];
    const [first, second, third] = candidateFeatures(queryOf('moon'), lists, data);
    expect(first?.words).toBeGreaterThan(0);
    expect(second?.words).toBe(first?.words);
    expect(third?.words).toBe(0);
    expect([first?.foundBy, second?.foundBy]).toEqual([['dense'], ['dense', 'keyword']]);
  });

  it('has cosines of 0 when only words are asked for, and the words all the same', () => {
    const data = rankingDataOf({ 1: { sentences: [raw, vectorOf(2)], title: raw, text: 'moon' } });
    const [only] = candidateFeatures(queryOf('moon', null), found(1), data);
    expect(only).toMatchObject({ passage: 0, sentence: 0, title: 0, sentenceIndex: 0 });
    expect(only?.words).toBeGreaterThan(0);
  });

  it('leaves out what was removed meanwhile', () => {
    const features = candidateFeatures(queryOf('moon'), found(9, 3, 5), rankingDataOf({ 9: {}, 5: {} }));
    expect(features.map(({ label }) => label)).toEqual([9, 5]);
  });

  it('judge passages in the other language by the translations of the words, and others not', () => {
    const data = rankingDataOf({
      1: { text: 'ضوء القمر', language: 'ar' },
      2: { text: 'بيت', language: 'ar' },
      3: { text: 'moon' },
    });
    const features = candidateFeatures(queryOf('moon'), found(1, 2, 3), data).map(withAllFeatures);
    expect(features.map(({ translated }) => translated)).toEqual([expect.closeTo(0.99, 6), 0, 0]);
    expect(features[1]?.untranslated).toBeGreaterThan(features[0]?.untranslated ?? 1);
  });
});
