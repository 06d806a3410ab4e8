import { describe, expect, it } from 'vitest';
import { PieceFilter } from '../../../src/embedding/piece-filter.js';

const hashOf = (text: string) => {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = PieceFilter.hashed(hash, text.charCodeAt(i));
  return hash;
};

describe('PieceFilter', () => {
  const pieces = ['un', 'under', 'كتاب', '😀'];
  const filter = new PieceFilter(pieces);

  it('passes every piece, and whatever a piece begins with', () => {
    for (const piece of pieces) {
      expect(filter.mayBe(hashOf(piece))).toBe(true);
      for (let end = 1; end <= piece.length; end += 1) {
        expect(filter.mayBegin(hashOf(piece.slice(0, end)))).toBe(true);
      }
    }
  });

  it('holds back what is neither', () => {
    for (const other of ['und', 'كتا', 'nu', 'تاب']) expect(filter.mayBe(hashOf(other))).toBe(false);
    for (const other of ['nu', 'unt', 'تاب']) expect(filter.mayBegin(hashOf(other))).toBe(false);
  });

  it('knows how long a piece can be, in code units', () => {
    expect(filter.longest).toBe(5);
    expect(new PieceFilter([]).longest).toBe(0);
  });
});
