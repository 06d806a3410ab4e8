import { expect, it } from 'vitest';
import { readTitleLine } from '../../../../src/corpus/cleaning/read-title-line.js';

const PROSE = 'The ship left the harbour early on Monday and came back.';

it('reads a headline above a blank line and prose', () => {
  expect(readTitleLine(`The late ship\n\n${PROSE}`)).toBe('The late ship');
  expect(readTitleLine(`قناة السويس\r\n\r\n${PROSE}`)).toBe('قناة السويس');
});

it('reads a headline above prose that is wrapped', () => {
  const wrapped =
    'يضم المتحف أكثر من ألفي قطعة من السجاد والمطرزات جمعتها الأسرة على\nمدى ثلاثة أجيال كاملة.';
  expect(readTitleLine(`متحف النسيج\n\n${wrapped}\n\n${PROSE}`)).toBe('متحف النسيج');
});

it.each([
  ['prose comes first', `${PROSE}\n\n${PROSE}`],
  ['no blank line follows', `The late ship\n${PROSE}`],
  ['another headline follows', `Harbour Times\n\nThe late ship\n\n${PROSE}`],
  ['the first line is a menu’s', `Home\n\n${PROSE}`],
  ['there is one line', 'The late ship'],
])('reads none when %s', (_name, text) => {
  expect(readTitleLine(text)).toBeUndefined();
});
