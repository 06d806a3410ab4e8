import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AutoTokenizer, env } from '@huggingface/transformers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeModel } from '../../src/embedding/describe-model.js';
import { TransformersModel } from '../../src/embedding/transformers-model.js';
import { toEmbeddingText } from '../../src/text/to-embedding-text.js';

const read = (file: string) => readFileSync(file, 'utf8');
const golden: ReadonlyArray<{ text: string }> = JSON.parse(read('tests/fixtures/golden-embeddings.json'));
const questions = read('corpus/questions.jsonl')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text);
const paragraphs = readdirSync('corpus/articles', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .flatMap((entry) => read(path.join(entry.parentPath, entry.name)).split(/\n+/));

const ODD_TEXTS = [
  '',
  ' ',
  '   ',
  'query: ',
  '\u064B',
  'a \u0301b e\u0301 \u0327c',
  'مُحَمَّدٌ رَسُولٌ ـــ كِتَابٌ',
  '<s> </s> <pad><unk> a<s>b < s> <mask> x</s>',
  '▁ ▁a a▁b',
  'tab\tline\nfeed\r\u0085\u00A0\u1680\u2028\u3000\u200B\u200Fend',
  '¨ ´ ﷺ ﷽ ﻻ ﬁ ½ ℡ ㎏',
  '😀 👨‍👩‍👧 🇲🇦🇲🇦 e\u20E3',
  '漢字 かな 한국어 각 ᄀ ᅡ',
  'पानी ไทย ქართული',
  '\uD83D \uDE00 \uD83D\uDE00 \uDE00\uD83D',
  '\u0000\u0007 a\u0000b \u007F',
  'https://example.org/a?b=c&d=%D8%A7 user@example.org',
  'x'.repeat(300),
  `${'ا'.repeat(100)} ${'ا'.repeat(100)}`,
];

/** Letters, marks, blanks and special tokens in an order that no author would write. */
const scraps = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '  ', '\t', '\n', '\u00A0', '\u200B', '\u200F', '\u3000', '\uFEFF', '▁', '\uFFFD'),
      fc.constantFrom(
        '\u064E',
        '\u0651',
        '\u0670',
        '\u0640',
        '\u0301',
        '\u0327',
        '\u0345',
        '\u20E3',
        '\u0338',
      ),
      fc.constantFrom('<s>', '</s>', '<pad>', '<unk>', '<mask>', '<', '>'),
      fc.constantFrom(
        'ال',
        'كتاب',
        'the',
        'ing',
        'E',
        '3',
        '٣',
        '.',
        '؟',
        '\u2026',
        'ﻻ',
        'ﬃ',
        '½',
        '漢',
        '각',
        '😀',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

type LibraryTokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;

describe('the tokens of the shipped model, whole and word by word', () => {
  let byWord: TransformersModel;
  let whole: TransformersModel;
  let library: LibraryTokenizer;
  beforeAll(async () => {
    const description = await describeModel('models/fihrist-e5-small');
    expect(description.independentWords).toBe(true);
    byWord = await TransformersModel.load(description, 1);
    whole = await TransformersModel.load({ ...description, independentWords: false }, 1);
    Object.assign(env, { localModelPath: path.resolve('models'), allowLocalModels: true });
    library = await AutoTokenizer.from_pretrained('fihrist-e5-small');
  });
  afterAll(async () => {
    await byWord.dispose();
    await whole.dispose();
  });

  /** As the library has them, cut at the limit as the model does. */
  const truthOf = (text: string) => {
    const ids = library.encode(text);
    return { ids: ids.length <= 512 ? ids : [...ids.slice(0, 511), 2], count: ids.length };
  };

  /** Word by word twice: words that are met for the first time, and words that are known. */
  const expectSame = (text: string) => {
    for (const written of [text, `passage: ${text}`, `query: ${toEmbeddingText(text)}`]) {
      const { ids, count } = truthOf(written);
      for (const model of [whole, byWord, byWord]) {
        expect(model.encode(written)).toEqual(ids);
        expect(model.countTokens(written)).toBe(count);
      }
    }
  };

  it.each([
    ['the golden texts', golden.map(({ text }) => text)],
    ['the questions of the sample archive', questions],
    ['the paragraphs of the sample archive', paragraphs],
    ['a text that is cut at the limit', [paragraphs.join(' ')]],
    ['odd texts', ODD_TEXTS],
  ])('gives %s the tokens of transformers.js', (_, texts) => {
    for (const text of texts) expectSame(text);
  });

  it('gives any text the tokens of transformers.js', () => {
    fc.assert(fc.property(scraps, expectSame), { numRuns: 1_000 });
  });
});
