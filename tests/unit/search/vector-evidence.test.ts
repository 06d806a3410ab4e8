import { describe, expect, test } from 'vitest';
import { openSearchArchive } from './search-archive.js';

const archive = await openSearchArchive([
  {
    id: 'canal',
    title: 'canal',
    texts: ['The canal has no locks. The seas stand at one level.', 'The canal is long and ships pass it.'],
  },
  { id: 'honey', texts: ['Honey keeps for years. Bees fan it dry.'], title: '' },
]);

const evidenceOf = async (query: string, request: object = {}) => {
  const { hits } = await archive.search({ query, evidence: true, ...request });
  return hits.map(({ text, evidence }) => ({ text, evidence: evidence! }));
};

describe('the evidence of a hit', () => {
  test('is only there when it was asked for, and there are vectors', async () => {
    const { hits } = await archive.search({ query: 'locks' });
    expect(hits.every((hit) => !('evidence' in hit))).toBe(true);
    const byWords = await archive.search({ query: 'locks', mode: 'keyword', evidence: true });
    expect(byWords.hits.map((hit) => 'evidence' in hit)).toEqual([false]);
  });

  test('has each sentence where it stands, and how near it is to the question', async () => {
    const [hit] = await evidenceOf('no locks');
    const sentences = hit!.evidence.sentences.map(({ start, end }) => hit!.text.slice(start, end));
    expect(sentences).toEqual(['The canal has no locks.', 'The seas stand at one level.']);
    const [first, second] = hit!.evidence.sentences;
    expect(first!.similarity).toBeGreaterThan(second!.similarity);
    const [query] = await archive.embedder.embedQueries(['no locks']);
    const cosine = query!.reduce((sum, value, i) => sum + value * first!.vector[i]!, 0);
    // Sentences are kept in 8 bits.
    expect(first!.similarity).toBeCloseTo(cosine, 2);
  });

  test('is the passage itself when that is one sentence', async () => {
    const hits = await evidenceOf('ships pass');
    const { text, evidence } = hits.find((hit) => hit.text.includes('ships'))!;
    expect(evidence.sentences.map(({ start, end }) => [start, end])).toEqual([[0, text.length]]);
  });

  test('leaves out what the title says', async () => {
    const [first] = await evidenceOf('canal locks');
    expect(first!.evidence.beyondTitle).toBeLessThan(1);
    // Of a question that says no more than the title, nothing is left.
    const ofTitle = await evidenceOf('canal');
    for (const { text, evidence } of ofTitle) {
      if (text.includes('canal')) expect(evidence.beyondTitle).toBe(0);
    }
    const untitled = (await evidenceOf('honey')).find(({ text }) => text.startsWith('Honey'))!;
    expect(untitled.evidence.sentences[0]!.beyondTitle).toBe(untitled.evidence.sentences[0]!.similarity);
  });

  test('is that of the page that was asked for', async () => {
    const [second] = await evidenceOf('canal locks', { offset: 1, limit: 1 });
    expect(second!.evidence.sentences.length).toBeGreaterThan(0);
  });
});
