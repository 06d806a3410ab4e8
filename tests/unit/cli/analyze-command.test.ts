import { describe, expect, it } from 'vitest';
import { runCaptured } from './run-captured.js';

describe('fihrist analyze', () => {
  it('prints the words in columns, isolated from their labels', async () => {
    const { exitCode, stdout } = await runCaptured(['analyze', 'the', '"Cities"', 'وبالمدينةِ']);
    expect(exitCode).toBe(0);
    expect(stdout.replace(/[\u2066-\u2069]/g, '').split('\n')).toEqual([
      'language: en',
      'phrase: cities',
      '',
      'place  word       folded     stem',
      '0–3    the        the        the   stop word',
      '5–11   Cities     cities     citi',
      '13–23  وبالمدينةِ  وبالمدينه  مدين',
      '',
    ]);
    expect(stdout).toContain('\u2068وبالمدينةِ\u2069');
  });

  it('prints one line of JSON with --json', async () => {
    const { stdout } = await runCaptured(['analyze', '--json', 'علي على']);
    expect(JSON.parse(stdout)).toEqual({
      language: 'ar',
      tokens: [
        { start: 0, end: 3, text: 'علي', folded: 'علي', stem: 'علي', stop_word: false },
        { start: 4, end: 7, text: 'على', folded: 'علي', stem: 'علي', stop_word: true },
      ],
      phrases: [],
    });
  });

  it('refuses a text without a word, naming the field', async () => {
    const { exitCode, stderr } = await runCaptured(['analyze', '؟!']);
    expect([exitCode, stderr]).toEqual([
      1,
      'fihrist: text has no letter or digit to search for. (QUERY_EMPTY)\n',
    ]);
  });
});
