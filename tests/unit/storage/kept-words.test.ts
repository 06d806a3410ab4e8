import { describe, expect, it } from 'vitest';
import { KeptWords } from '../../../src/storage/kept-words.js';
import { termsToBlob } from '../../../src/storage/terms-blob.js';
import { passageTerms } from '../../../src/text/passage-terms.js';

const KEY = { fingerprint: 1, mark: 'once' } as const;

/** Reads that can be changed, with what was read. */
function readsOf(lists: Record<string, number[]>, texts: Record<number, string> = {}) {
  const read: string[] = [];
  const state = { generation: 1, lists, texts };
  return {
    state,
    read,
    generation: () => state.generation,
    labelsWith: (stem: string, { fingerprint, mark }: { fingerprint: number; mark: string }) => {
      read.push(`${stem} ${fingerprint} ${mark}`);
      return state.lists[stem] ?? [];
    },
    terms: (label: number) => {
      read.push(`terms ${label}`);
      const text = state.texts[label];
      return text === undefined ? undefined : termsToBlob(passageTerms(text, ''));
    },
  };
}

describe('KeptWords', () => {
  it('reads a posting list and the terms of a passage once a generation', () => {
    const reads = readsOf({ moon: [3, 5] }, { 3: 'moon rises' });
    const kept = new KeptWords(reads);
    for (let i = 0; i < 2; i++) {
      kept.refresh();
      expect(kept.labelsWith('moon', KEY)).toEqual(Uint32Array.of(3, 5));
      expect(kept.terms(3)).toEqual(passageTerms('moon rises', ''));
    }
    expect(reads.read).toEqual(['moon 1 once', 'terms 3']);
  });

  it('reads again what it was to forget', () => {
    const reads = readsOf({ moon: [3] }, { 3: 'moon' });
    const kept = new KeptWords(reads);
    for (let i = 0; i < 2; i++) {
      kept.refresh();
      expect(kept.labelsWith('moon', KEY)).toEqual(Uint32Array.of(3));
      expect(kept.terms(3)).toEqual(passageTerms('moon', ''));
      kept.forget();
    }
    expect(reads.read).toEqual(['moon 1 once', 'terms 3', 'moon 1 once', 'terms 3']);
  });

  it('forgets what is of an older generation', () => {
    const reads = readsOf({ moon: [3] }, { 3: 'moon' });
    const kept = new KeptWords(reads);
    kept.refresh();
    kept.labelsWith('moon', KEY);
    kept.terms(3);
    reads.state.generation = 2;
    reads.state.lists = { moon: [4] };
    reads.state.texts = { 4: 'moon' };
    kept.refresh();
    expect(kept.labelsWith('moon', KEY)).toEqual(Uint32Array.of(4));
    expect(kept.terms(3)).toBeUndefined();
  });

  it('tells lists of one stem apart by model and by how often it stands there', () => {
    const reads = readsOf({ moon: [3] });
    const kept = new KeptWords(reads);
    kept.refresh();
    kept.labelsWith('moon', KEY);
    kept.labelsWith('moon', { ...KEY, mark: 'twice' });
    kept.labelsWith('moon', { ...KEY, fingerprint: 2 });
    expect(reads.read).toEqual(['moon 1 once', 'moon 1 twice', 'moon 2 once']);
  });

  it('keeps no more entries and passages than it may, and gives what it does not keep', () => {
    const reads = readsOf({ long: [1, 2, 3, 4, 5], short: [6] }, { 1: 'one', 2: 'two' });
    const kept = new KeptWords(reads, { mostEntries: 4, mostPassages: 1 });
    kept.refresh();
    for (let i = 0; i < 2; i++) {
      expect([...kept.labelsWith('long', KEY)]).toEqual([1, 2, 3, 4, 5]);
      expect([...kept.labelsWith('short', KEY)]).toEqual([6]);
      expect(kept.terms(1)).toEqual(passageTerms('one', ''));
      expect(kept.terms(2)).toEqual(passageTerms('two', ''));
    }
    const times = (what: string) => reads.read.filter((each) => each === what).length;
    expect([times('long 1 once'), times('short 1 once'), times('terms 1')]).toEqual([2, 1, 2]);
  });
});
