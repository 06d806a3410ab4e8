import { describe, expect, it } from 'vitest';
import { UnigramPieces } from '../../../src/embedding/unigram-pieces.js';
import { UnigramTokenizer } from '../../../src/embedding/unigram-tokenizer.js';
import { vocabularyOf } from './vocabulary-of.js';

const PIECES: ReadonlyArray<readonly [string, number]> = [
  ['<s>', 0],
  ['</s>', 0],
  ['<unk>', 0],
  ['▁', -3],
  ['▁un', -4],
  ['▁under', -6],
  ['un', -5],
  ['der', -4],
  ['u', -8],
  ['n', -8],
  ['d', -8],
  ['e', -8],
  ['r', -8],
  ['😀', -7],
];
const idOf = (piece: string) => PIECES.findIndex(([each]) => each === piece);
const pieceOf = (id: number) => PIECES[id]?.[0];

describe('UnigramPieces', () => {
  const pieces = new UnigramPieces(vocabularyOf(PIECES), idOf('<unk>'));
  const piecesOf = (word: string) => pieces.idsOf(word).map(pieceOf);

  it('finds the most probable pieces, not the longest ones', () => {
    expect(piecesOf('▁under')).toEqual(['▁under']);
    expect(piecesOf('▁und')).toEqual(['▁un', 'd']);
    expect(piecesOf('underun')).toEqual(['un', 'der', 'un']);
  });

  it('keeps the pieces that it met first of those that are as probable', () => {
    const tied = new UnigramPieces(
      vocabularyOf([
        ['?', 0],
        ['a', -1],
        ['aa', -2],
      ]),
      0,
    );
    expect(tied.idsOf('aa')).toEqual([2]);
    expect(tied.idsOf('aaa')).toEqual([1, 2]);
  });

  it('has one unknown piece for unknown characters in a row, whatever their length in code units', () => {
    expect(piecesOf('▁漢字der𐎀𐎁un😀')).toEqual(['▁', '<unk>', 'der', '<unk>', 'un', '😀']);
  });

  it('finds pieces at the end of a word, and none that only begin like one', () => {
    expect(piecesOf('unde')).toEqual(['un', 'd', 'e']);
    expect(piecesOf('▁unde')).toEqual(['▁un', 'd', 'e']);
  });

  it('finds the same in a word after longer and shorter ones', () => {
    const [long, short] = ['▁under'.repeat(40), '▁un'];
    const before = [piecesOf(long), piecesOf(short)];
    expect(before).toEqual([Array<string>(40).fill('▁under'), ['▁un']]);
    expect([piecesOf(long), piecesOf(short), piecesOf(long)]).toEqual([before[0], before[1], before[0]]);
  });

  it('has no pieces for nothing', () => {
    expect(pieces.idsOf('')).toEqual([]);
  });
});

const FILE = {
  added_tokens: ['<s>', '</s>', '<unk>'].map((content) => ({
    id: idOf(content),
    content,
    lstrip: false,
    rstrip: false,
    normalized: false,
  })),
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Replace', pattern: { Regex: '[\\u0000-\\u0008]' }, content: '' },
      { type: 'NFKC' },
      { type: 'Replace', pattern: { Regex: 'x' }, content: 'n' },
    ],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      { type: 'WhitespaceSplit' },
      { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    ],
  },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '<s>', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '</s>', type_id: 0 } },
    ],
    special_tokens: { '<s>': { ids: [0] }, '</s>': { ids: [1] } },
  },
  model: { type: 'Unigram', unk_id: idOf('<unk>'), byte_fallback: false, vocab: PIECES },
};

describe('UnigramTokenizer', () => {
  const tokenizer = UnigramTokenizer.read(JSON.stringify(FILE));
  const piecesOf = (text: string) => tokenizer?.encode(text).map(pieceOf);

  it('normalises, cuts at white space and marks where words begin', () => {
    expect(piecesOf(' under\u0001\tｕｘ ')).toEqual(['▁under', '▁un']);
  });

  it('takes special tokens that are written in a text for what they are', () => {
    expect(piecesOf('un<s>der')).toEqual(['▁un', '<s>', '▁', 'der']);
  });

  it('says what opens and closes every text', () => {
    expect(tokenizer).toMatchObject({ opening: [0], closing: [1] });
  });

  it.each([
    ['another model', { model: { type: 'BPE', vocab: {}, merges: [] } }],
    ['bytes for unknown characters', { model: { ...FILE.model, byte_fallback: true } }],
    ['a piece without a probability', { model: { ...FILE.model, vocab: [['un']] } }],
    ['another normaliser', { normalizer: { type: 'BertNormalizer' } }],
    ['another way to cut', { pre_tokenizer: { type: 'Whitespace' } }],
    [
      'special tokens with the space around them',
      { added_tokens: [{ ...FILE.added_tokens[0], lstrip: true }] },
    ],
    [
      'an opening token without an id',
      { post_processor: { ...FILE.post_processor, special_tokens: { '</s>': { ids: [1] } } } },
    ],
  ])('leaves a file with %s to the library', (_, change) => {
    expect(UnigramTokenizer.read(JSON.stringify({ ...FILE, ...change }))).toBeNull();
  });
});
