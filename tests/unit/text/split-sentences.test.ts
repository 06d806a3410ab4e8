import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords } from '../../../src/text/count-words.js';
import { splitSentences } from '../../../src/text/split-sentences.js';

const split = (text: string) => splitSentences(text).map((span) => text.slice(span.start, span.end));

const FIVE_A = 'The ship left the harbour early.';
const FIVE_B = 'It came back after three days.';

describe('splitSentences', () => {
  it.each([
    ['full stops', `${FIVE_A} ${FIVE_B}`, [FIVE_A, FIVE_B]],
    [
      'the Arabic question mark',
      'هل وصلت السفينة إلى الميناء أمس؟ لم تصل السفينة بسبب الريح.',
      ['هل وصلت السفينة إلى الميناء أمس؟', 'لم تصل السفينة بسبب الريح.'],
    ],
    [
      'the Arabic semicolon',
      'تأخرت السفينة كثيرا هذا العام؛ لأن الريح كانت شديدة جدا.',
      ['تأخرت السفينة كثيرا هذا العام؛', 'لأن الريح كانت شديدة جدا.'],
    ],
    [
      'an ellipsis',
      'انتشر الجنود في شمال البلاد كلها… هذا هو سبب وجودهم هناك',
      ['انتشر الجنود في شمال البلاد كلها…', 'هذا هو سبب وجودهم هناك'],
    ],
    [
      'line ends',
      'The first line has five words\nthe second line has five too',
      ['The first line has five words', 'the second line has five too'],
    ],
    [
      'full stops that Arabic text prints without a blank after them',
      'وصلت السفينة إلى الميناء القديم.وقال الربان إن الريح شديدة.',
      ['وصلت السفينة إلى الميناء القديم.', 'وقال الربان إن الريح شديدة.'],
    ],
  ])('ends sentences at %s', (_name, text, sentences) => {
    expect(split(text)).toEqual(sentences);
  });

  it.each([
    'وصل د. سامي منصور إلى الميناء مع أ. منى داود أمس.',
    'انظر ص. 15 من الكتاب القديم عن تاريخ الميناء.',
    'وصلت السفينة، ثم أفرغت حمولتها، ثم عادت إلى البحر.',
    'ارتفع الماء 3.5 متر في الميناء القديم خلال ساعة.',
    'ارتفع الماء ٣.٥ متر في الميناء القديم خلال ساعة.',
    'Mr. Doe and Dr. Roe met at St. John in the U.S. Navy yard.',
    'The harbour is old, e.g. Roman, and was mended by J. R. Smith etc. in spring.',
    'See No. 5 and vol. 3 of the harbour books for the figures.',
    'Version 1.2.3 of harbour.example.org/a.html?x=1 was read by many people.',
    'The pier cost 3.5 million; the gates cost far more than that.',
    'كانت الإرهـ.ـابية كلمة مكسورة في نص معت.ـظم الصفحات القديمة.',
    '"Where is the ship?" asked the old man at the harbour.',
    '«أين السفينة الكبيرة يا سيدي؟» سأل الرجل العجوز في الميناء.',
    '1. Wash the old ropes of the ship with clean water.',
  ])('keeps "%s" whole', (text) => {
    expect(split(text)).toEqual([text]);
  });

  it('keeps closing quotes and brackets with their sentence', () => {
    expect(
      split(
        'قال الربان: “وصلنا إلى الميناء أمس.” وأضاف أن البحر كان هادئا (كالعادة هنا.) ثم عاد الجميع إلى بيوتهم القديمة.',
      ),
    ).toEqual([
      'قال الربان: “وصلنا إلى الميناء أمس.”',
      'وأضاف أن البحر كان هادئا (كالعادة هنا.)',
      'ثم عاد الجميع إلى بيوتهم القديمة.',
    ]);
  });

  it('ends a sentence after "etc." and "U.S." when a word follows that opens one', () => {
    expect(split('They sold ropes, sails, etc. The harbour grew rich from it.')).toHaveLength(2);
    expect(split('The ship sailed on to the U.S. It came back in the spring.')).toHaveLength(2);
  });

  it('takes "No." for a word when no number follows', () => {
    expect(
      split('Was he asked whether the ship came? The old man always said No. He was quite sure of it.'),
    ).toHaveLength(3);
  });

  it('joins a short sentence to the one after it, and a short last one to the one before', () => {
    expect(split(`Why not? ${FIVE_A} ${FIVE_B} Good.`)).toEqual([`Why not? ${FIVE_A}`, `${FIVE_B} Good.`]);
  });

  it('goes on where a column of text only turns to the next line', () => {
    const column =
      'The lighthouse stood on the northern rock for over a century, and its lamp could\nbe seen for twenty miles. It was built of granite that came by sea from the south,\nin boats that sank as often as not.';
    expect(split(column)).toEqual([column.slice(0, 106), column.slice(107)]);
  });

  it('keeps a short text as one sentence', () => {
    expect(split(' Yes. ')).toEqual(['Yes.']);
    expect(split('…')).toEqual(['…']);
  });

  it('gives nothing for a blank text', () => {
    expect(split(' \n\u00a0 ')).toEqual([]);
  });

  it('cuts a sentence over 100 words at the clause mark nearest its middle', () => {
    const half = Array.from({ length: 60 }, () => 'كلمة').join(' ');
    expect(split(`${half}، ${half}`)).toEqual([`${half}،`, half]);
    expect(split(`${half} ${half}`)).toHaveLength(1);
  });

  const pieces = fc.constantFrom(
    'كلمة',
    'word',
    'د',
    'U',
    '.',
    '؟',
    '!',
    '…',
    '؛',
    '،',
    '\n',
    '\n\n',
    ' ',
    '«',
    '»',
    '"',
    '3',
    'ـ',
    '\u064e',
    '😀',
    '\ud83d',
    '.\u0301',
  );
  const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));

  it('covers everything but blanks, in order, without overlap', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
        let end = 0;
        for (const span of splitSentences(text)) {
          expect(text.slice(end, span.start).trim()).toBe('');
          expect(span.end).toBeGreaterThan(span.start);
          expect(text.slice(span.start, span.end).trim()).toBe(text.slice(span.start, span.end));
          end = span.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
    );
  });

  it('never parts a surrogate pair or a letter from its mark', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { end } of splitSentences(text)) {
          expect(
            /^[\udc00-\udfff]/.test(text.slice(end)) && /[\ud800-\udbff]$/.test(text.slice(0, end)),
          ).toBe(false);
          expect(/^\p{M}/u.test(text.slice(end))).toBe(false);
        }
      }),
    );
  });

  it('leaves no sentence under five words but where the text has no more', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const words = split(text).map(countWords);
        expect(words.length === 1 || words.every((count) => count >= 5)).toBe(true);
      }),
    );
  });
});
