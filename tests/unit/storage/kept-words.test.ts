import { describe, expect, it } from 'vitest';
import { occurrenceScore } from '../../../src/storage/bm25.js';
import { KeptWords, type ScoredWords } from '../../../src/storage/kept-words.js';
import { LengthScores } from '../../../src/storage/length-scores.js';
import { termsToBlob } from '../../../src/storage/terms-blob.js';
import { passageTerms } from '../../../src/text/passage-terms.js';
import { termLists } from '../text/term-lists.js';

/** Ten words in every passage, as on average. */
const KNOWN: ScoredWords = {
  fingerprint: 1,
  lengths: new Uint16Array(20).fill(10),
  lengthScores: new LengthScores(10),
};
const ONCE = occurrenceScore(1, 1);

/** Labels of a stem's list. */
const labelsOf = (kept: KeptWords, stem: string, known = KNOWN) => [...kept.postings(stem, known).labels];

/** Terms of a passage that is there. */
const listsOf = (kept: KeptWords, label: number) => termLists(kept.terms(label)!);

/** Reads that can be changed, with what was read. Lists are by stem, or by stem and mark for the further marks. */
function readsOf(lists: Record<string, number[]>, texts: Record<number, string> = {}) {
  const read: string[] = [];
  const state = { generation: 1, lists, texts };
  return {
    state,
    read,
    generation: () => state.generation,
    labelsWith: (stem: string, { fingerprint, mark }: { fingerprint: number; mark: string }) => {
      read.push(`${stem} ${fingerprint} ${mark}`);
      return state.lists[mark === 'once' ? stem : `${stem} ${mark}`] ?? [];
    },
    terms: (label: number) => {
      read.push(`terms ${label}`);
      const text = state.texts[label];
      return text === undefined ? undefined : termsToBlob(passageTerms(text, ''));
    },
  };
}

const MOON = ['moon 1 once', 'moon 1 twice', 'moon 1 often'];

describe('KeptWords', () => {
  it('reads a posting list and the terms of a passage once a generation', () => {
    const reads = readsOf({ moon: [3, 5] }, { 3: 'moon rises' });
    const kept = new KeptWords(reads);
    for (let i = 0; i < 2; i++) {
      kept.refresh();
      expect(labelsOf(kept, 'moon')).toEqual([3, 5]);
      expect(listsOf(kept, 3)).toEqual(termLists(passageTerms('moon rises', '')));
    }
    expect(reads.read).toEqual([...MOON, 'terms 3']);
  });

  it('reads again what it was to forget', () => {
    const reads = readsOf({ moon: [3] }, { 3: 'moon' });
    const kept = new KeptWords(reads);
    for (let i = 0; i < 2; i++) {
      kept.refresh();
      expect(labelsOf(kept, 'moon')).toEqual([3]);
      expect(listsOf(kept, 3)).toEqual(termLists(passageTerms('moon', '')));
      kept.forget();
    }
    expect(reads.read).toEqual([...MOON, 'terms 3', ...MOON, 'terms 3']);
  });

  it('forgets what is of an older generation', () => {
    const reads = readsOf({ moon: [3] }, { 3: 'moon' });
    const kept = new KeptWords(reads);
    kept.refresh();
    labelsOf(kept, 'moon');
    kept.terms(3);
    reads.state.generation = 2;
    reads.state.lists = { moon: [4] };
    reads.state.texts = { 4: 'moon' };
    kept.refresh();
    expect(labelsOf(kept, 'moon')).toEqual([4]);
    expect(kept.terms(3)).toBeUndefined();
  });

  it('tells lists of one stem apart by model', () => {
    const reads = readsOf({ moon: [3] });
    const kept = new KeptWords(reads);
    kept.refresh();
    labelsOf(kept, 'moon');
    labelsOf(kept, 'moon', { ...KNOWN, fingerprint: 2 });
    expect(reads.read).toEqual([...MOON, 'moon 2 once', 'moon 2 twice', 'moon 2 often']);
  });

  it('scores a passage by how often the stem stands there and by its length', () => {
    // Something must have gone wrong where 9 stands twice there and not once: it is passed over.
    const reads = readsOf({ moon: [1, 4, 6, 8], 'moon twice': [4, 8, 9], 'moon often': [8] });
    const kept = new KeptWords(reads);
    kept.refresh();
    const lengths = new Uint16Array(20).fill(10);
    lengths[6] = 40;
    const { labels, scores } = kept.postings('moon', { ...KNOWN, lengths });
    expect([...labels]).toEqual([1, 4, 6, 8]);
    const [twice, often] = [occurrenceScore(2.4, 1), occurrenceScore(5, 1)];
    for (const [i, score] of [ONCE, twice, occurrenceScore(1, 4), often].entries()) {
      expect(scores[i]).toBeCloseTo(score, 5);
    }
  });

  it('scores a passage of which no length is known as one of the longest', () => {
    const kept = new KeptWords(readsOf({ moon: [500] }));
    kept.refresh();
    const [score] = kept.postings('moon', KNOWN).scores;
    expect(score).toBe(KNOWN.lengthScores.once.at(-1));
  });

  it('keeps no more entries and passages than it may, and gives what it does not keep', () => {
    const reads = readsOf({ long: [1, 2, 3, 4, 5], short: [6] }, { 1: 'one', 2: 'two' });
    const kept = new KeptWords(reads, { mostEntries: 4, mostPassages: 1 });
    kept.refresh();
    for (let i = 0; i < 2; i++) {
      expect(labelsOf(kept, 'long')).toEqual([1, 2, 3, 4, 5]);
      expect(labelsOf(kept, 'short')).toEqual([6]);
      expect(listsOf(kept, 1)).toEqual(termLists(passageTerms('one', '')));
      expect(listsOf(kept, 2)).toEqual(termLists(passageTerms('two', '')));
    }
    const times = (what: string) => reads.read.filter((each) => each === what).length;
    expect([times('long 1 once'), times('short 1 once'), times('terms 1')]).toEqual([2, 1, 2]);
  });
});
