import { describe, expect, it } from 'vitest';
import { takeVocabulary } from '../../../src/embedding/piece-vocabulary.js';

const piecesOf = (file: string) => {
  const taken = takeVocabulary(file);
  if (taken === null) return null;
  const { units, ends, scores } = taken.vocabulary;
  return Array.from(ends, (end, id) => [
    String.fromCharCode(...units.subarray(id === 0 ? 0 : ends[id - 1], end)),
    scores[id],
  ]);
};
const fileOf = (list: string) => `{"a": "[", "model": {"vocab" : ${list}, "b": [1]}}`;

describe('takeVocabulary', () => {
  it.each([
    ['pieces', '[["▁un",-4.5],["كتاب",0],["😀",-12.25]]'],
    ['none', '[]'],
    ['spaces', ' [ [ "a" ,\n -1 ] ,\t["b", -2.0 ] ] '],
    ['what is written with a backslash', String.raw`[["\"",-1],["a\\",-2],["\u0643]",-3],["b",-4]]`],
    ['brackets and commas', '[["[",-1],["],",-2],["",-3]]'],
    [
      'exponents and long numbers',
      '[["a",-1e-7],["b",2.5E+3],["c",-0.12345678901234567],["d",12345678901234567890]]',
    ],
  ])('reads what JSON reads: %s', (_, list) => {
    expect(piecesOf(fileOf(list))).toEqual(JSON.parse(list));
  });

  it('reads each number to the last bit', () => {
    const list = Array.from({ length: 2_000 }, (_, i) => [`p${i}`, -Math.sin(i) * 10 ** ((i % 12) - 4)]);
    const short = list.map(([piece, score], i) => [
      piece,
      Number((score as number).toPrecision(1 + (i % 9))),
    ]);
    for (const json of [list, short].map((pieces) => JSON.stringify(pieces))) {
      expect(piecesOf(fileOf(json))).toEqual(JSON.parse(json));
    }
  });

  it('leaves the rest as it is', () => {
    const rest = takeVocabulary(fileOf('[["un",-1]]'))?.rest ?? '';
    expect(JSON.parse(rest)).toEqual({ a: '[', model: { vocab: [], b: [1] } });
  });

  it.each([
    ['no such list', '{"model": {"vocab": {}}}'],
    ['such a text', String.raw`{"a": "\"vocab\": [[\"un\",-1]]"}`],
    ['a piece without a score', fileOf('[["un"]]')],
    ['a score that is none', fileOf('[["un","-1"]]')],
    ['a score with two points', fileOf('[["un",1.2.3]]')],
    ['a score without a digit', fileOf('[["un",-]]')],
    ['a piece that is no text', fileOf('[[1,-1]]')],
    ['more than a piece has', fileOf('[["un",-1,2]]')],
    ['two pieces in a row', fileOf('[["un",-1]["der",-2]]')],
    ['an escape that is none', fileOf(String.raw`[["\x",-1]]`)],
    ['a list that is cut', '{"vocab": [["un",-1],["de'],
    ['a list that is cut behind a piece', '{"vocab": [["un",-1]'],
  ])('takes nothing out of %s', (_, file) => {
    expect(takeVocabulary(file)).toBeNull();
  });
});
