import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from './seeded-random.js';

// A model folder as FIHRIST_MODEL takes it, so small that the service starts in a second: one table of random vectors,
// a row a syllable; a text is the mean of its syllables. It understands nothing, but tells texts apart by their tags,
// whose syllables weigh more than all others together.

const DIMENSIONS = 64;
const TAG_WEIGHT = 30;

export type Script = 'ar' | 'en';

const VOWELS = { ar: 'اوي', en: 'aeiou' };
const WORD_CONSONANTS = { ar: 'بترسلمندعه', en: 'bdglmnrst' };
/** Of the first, second, … syllable of a tag: each of its own, since a mean does not know the order. */
const TAG_CONSONANTS = { ar: ['ثجح', 'خذز', 'شصض', 'طظغ', 'فك'], en: ['cfh', 'jkp', 'vwx', 'yz'] };
/** What no stemmer takes away. */
const TAG_END = { ar: 'ق', en: 'ok' };

function syllables(script: Script, consonants: string): string[] {
  return [...consonants].flatMap((consonant) => [...VOWELS[script]].map((vowel) => consonant + vowel));
}

/** Syllables that words are made of. */
export const WORD_SYLLABLES = {
  ar: syllables('ar', WORD_CONSONANTS.ar),
  en: syllables('en', WORD_CONSONANTS.en),
};

const TAG_SYLLABLES = {
  ar: TAG_CONSONANTS.ar.map((consonants) => syllables('ar', consonants)),
  en: TAG_CONSONANTS.en.map((consonants) => syllables('en', consonants)),
};

/** A word for each number, about 30,000 a script. @throws Error beyond that */
export function tagOf(script: Script, number: number): string {
  let rest = number;
  const parts = TAG_SYLLABLES[script].map((choices) => {
    const part = choices[rest % choices.length];
    rest = Math.floor(rest / choices.length);
    return part;
  });
  if (rest > 0) throw new Error(`there is no tag ${number}`);
  return parts.join('') + TAG_END[script];
}

/** Writes the model into `folder`, the same bytes every time; another seed makes another model of it. */
export function writeTinyModel(folder: string, seed = 11): void {
  const letters = [...'abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىة0123456789.,:?؟،'];
  const pieces = [
    ...['<s>', '<pad>', '</s>', '<unk>', '▁'],
    ...letters,
    ...WORD_SYLLABLES.ar,
    ...WORD_SYLLABLES.en,
  ];
  const tagPieces = [...TAG_SYLLABLES.ar, ...TAG_SYLLABLES.en].flat();
  const files: Record<string, Uint8Array | string> = {
    'config.json': JSON.stringify({ model_type: 'bert', architectures: ['BertModel'] }),
    'tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'PreTrainedTokenizer',
      unk_token: '<unk>',
      pad_token: '<pad>',
    }),
    'tokenizer.json': tokenizerJson([...pieces, ...tagPieces]),
    'onnx/model.onnx': tableModel(pieces.length, tagPieces.length, seed),
  };
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  writeFileSync(path.join(folder, 'model-card.json'), modelCard(files));
}

function modelCard(files: Readonly<Record<string, Uint8Array | string>>): string {
  return JSON.stringify({
    name: 'tiny',
    revision: '1',
    licence: 'MIT',
    dimensions: DIMENSIONS,
    prefixes: { query: '', passage: '' },
    pooling: 'mean',
    maximumTokens: 512,
    dtype: 'fp32',
    centring: null,
    files: Object.entries(files).map(([name, content]) => ({
      path: name,
      sizeBytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  });
}

function tokenizerJson(pieces: readonly string[]): string {
  const special = pieces.slice(0, 4).map((content, id) => ({
    ...{ id, content, special: true },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  }));
  const [opening, closing] = ['<s>', '</s>'];
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: opening, type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: closing, type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        [opening]: { id: opening, ids: [0], tokens: [opening] },
        [closing]: { id: closing, ids: [2], tokens: [closing] },
      },
    },
    decoder: null,
    // A longer piece costs no more than a shorter one: syllables are preferred to letters.
    model: { type: 'Unigram', unk_id: 3, vocab: pieces.map((piece, i) => [piece, i < 4 ? 0 : -1]) },
  });
}

/** An ONNX model of one node: row `input_ids` of a table. Source: onnx.proto, of which these are the field numbers. */
function tableModel(lightRows: number, heavyRows: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const rows = lightRows + heavyRows;
  const table = Float32Array.from({ length: rows * DIMENSIONS }, (_, i) => {
    const weight = i < lightRows * DIMENSIONS ? 1 : TAG_WEIGHT;
    return weight * (random() - 0.5);
  });
  const value = (name: string, type: number, axes: readonly string[]) =>
    message(text(1, name), bytes(2, bytes(1, message(varint(1, type), bytes(2, shape(axes))))));
  const graph = message(
    bytes(
      1,
      message(text(1, 'table'), text(1, 'input_ids'), text(2, 'last_hidden_state'), text(4, 'Gather')),
    ),
    text(2, 'table of vectors'),
    bytes(
      5,
      message(
        varint(1, rows),
        varint(1, DIMENSIONS),
        varint(2, 1), // float
        text(8, 'table'),
        bytes(9, new Uint8Array(table.buffer)),
      ),
    ),
    bytes(11, value('input_ids', 7, ['batch', 'tokens'])), // int64
    bytes(12, value('last_hidden_state', 1, ['batch', 'tokens', 'dimensions'])),
  );
  const opset = message(text(1, ''), varint(2, 13));
  return message(varint(1, 8), bytes(7, graph), bytes(8, opset));
}

function shape(axes: readonly string[]): Uint8Array {
  return message(...axes.map((axis) => bytes(1, text(2, axis))));
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

function varint(field: number, value: number): Uint8Array {
  return Uint8Array.from([...base128(field << 3), ...base128(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, Buffer.from(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.from([...base128((field << 3) | 2), ...base128(value.length)]), value]);
}

function base128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...base128(value >>> 7)];
}
