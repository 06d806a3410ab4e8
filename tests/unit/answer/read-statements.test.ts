import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStatements, type Statement } from '../../../src/answer/read-statements.js';

const whole = (reply: string) => readStatements(reply, true).statements;
const source = (number: number, quote: string | null = null) => ({ number, quote });

/** All statements of a reply that comes in pieces. */
function inPieces(pieces: readonly string[]): Statement[] {
  const statements: Statement[] = [];
  let rest = '';
  for (const piece of pieces) {
    const read = readStatements(rest + piece, false);
    statements.push(...read.statements);
    rest = read.rest;
  }
  return [...statements, ...readStatements(rest, true).statements];
}

describe('the statements of a reply', () => {
  test('are its sentences with the sources that stand before or behind their full stop', () => {
    expect(whole('Honey keeps [1]. Bees fan it. [2][3] Nothing else.')).toEqual([
      { text: 'Honey keeps .', sources: [source(1)], beginsLine: false },
      { text: 'Bees fan it.', sources: [source(2), source(3)], beginsLine: false },
      { text: 'Nothing else.', sources: [], beginsLine: false },
    ]);
  });

  test('may name words of a source, which may hold brackets and full stops', () => {
    const [statement] = whole('Honey keeps [2: "little moisture [is left]. So it keeps"].');
    expect(statement?.sources).toEqual([source(2, 'little moisture [is left]. So it keeps')]);
    expect(whole('يبقى العسل [١: «قليل الماء»].')[0]?.sources).toEqual([source(1, 'قليل الماء')]);
    expect(whole('Honey keeps [1, 3].')[0]?.sources).toEqual([source(1), source(3)]);
    expect(whole('Honey keeps 【4】.')[0]?.sources).toEqual([source(4)]);
    expect(whole('Honey keeps [5: little moisture].')[0]?.sources).toEqual([source(5, 'little moisture')]);
  });

  test('end at line ends, and not after abbreviations or in numbers', () => {
    expect(whole('One thing [1]\n\nDr. Smith paid 3.5 million [2].').map(({ text }) => text)).toEqual([
      'One thing',
      'Dr. Smith paid 3.5 million .',
    ]);
    expect(whole('One [1]\n\nTwo [2]').map(({ beginsLine }) => beginsLine)).toEqual([false, true]);
  });

  test('wait for what may still belong to them', () => {
    expect(readStatements('Honey keeps.', false)).toEqual({ statements: [], rest: 'Honey keeps.' });
    expect(readStatements('Honey keeps. [1', false).statements).toEqual([]);
    expect(readStatements('Honey keeps. [1] Be', false)).toMatchObject({
      statements: [{ text: 'Honey keeps.', sources: [source(1)] }],
    });
  });

  test('are the same however the reply comes in pieces', () => {
    const reply =
      'Honey keeps [1: "so little moisture. It remains"]. Bees fan it. [2][3]\n\nيبقى العسل سنوات [٣: «قليل الماء»]. Done [x] and [.';
    fc.assert(
      fc.property(fc.array(fc.nat(reply.length), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), reply.length];
        const pieces = places.slice(1).map((end, i) => reply.slice(places[i], end));
        expect(inPieces(pieces).map(({ text, sources }) => [text, sources])).toEqual(
          whole(reply).map(({ text, sources }) => [text, sources]),
        );
      }),
    );
  });

  test('are read in time that does not explode, whatever comes', () => {
    const startedAt = performance.now();
    for (const noise of ['[1:', '[[[[', '[1: "', '((((', '. ', '\n']) whole(noise.repeat(5_000));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
