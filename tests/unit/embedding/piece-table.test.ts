import { describe, expect, it } from 'vitest';
import { PieceTable } from '../../../src/embedding/piece-table.js';
import { vocabularyOf } from './vocabulary-of.js';

const hashOf = (text: string) => {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = PieceTable.hashed(hash, text.charCodeAt(i));
  return hash;
};

const tableOf = (pieces: readonly string[]) =>
  new PieceTable(vocabularyOf(pieces.map((piece) => [piece, 0])));
const idIn = (table: PieceTable, text: string) => table.idOf(hashOf(text), `x${text}y`, 1, 1 + text.length);

describe('PieceTable', () => {
  const pieces = ['un', 'under', 'كتاب', '😀'];
  const table = tableOf(pieces);

  it('knows the id of every piece, and may go on with whatever a piece begins with', () => {
    for (const [id, piece] of pieces.entries()) {
      expect(idIn(table, piece)).toBe(id);
      for (let end = 1; end <= piece.length; end += 1) {
        expect(table.mayBegin(hashOf(piece.slice(0, end)))).toBe(true);
      }
    }
  });

  it('holds back what is neither', () => {
    for (const other of ['und', 'كتا', 'nu', 'تاب']) expect(idIn(table, other)).toBe(-1);
    for (const other of ['nu', 'unt', 'تاب']) expect(table.mayBegin(hashOf(other))).toBe(false);
  });

  it('tells what has the hash of a piece from the piece', () => {
    expect(table.idOf(hashOf('un'), 'nu', 0, 2)).toBe(-1);
    expect(table.idOf(hashOf('un'), 'une', 0, 3)).toBe(-1);
  });

  it('finds each of many, and the last of those that are the same', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => `p${(i * 7_919) % 4_000}`);
    const full = tableOf(many);
    for (const piece of new Set(many)) expect(idIn(full, piece)).toBe(many.lastIndexOf(piece));
    for (let i = 4_000; i < 5_000; i += 1) expect(idIn(full, `p${i}`)).toBe(-1);
  });

  it('knows how long a piece can be, in code units', () => {
    expect(table.longest).toBe(5);
    expect(tableOf([]).longest).toBe(0);
    expect(idIn(tableOf([]), 'un')).toBe(-1);
  });
});
