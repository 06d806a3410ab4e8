import { describe, expect, it } from 'vitest';
import { languageDirection } from '../../../src/evaluation/language-direction.js';

describe('languageDirection', () => {
  it('goes to the one language of what is relevant, however often it is there', () => {
    expect(languageDirection('ar', ['en', 'en'])).toBe('ar→en');
    expect(languageDirection('en', ['en'])).toBe('en→en');
  });

  it('goes to both when what is relevant is in both', () => {
    expect(languageDirection('en', ['ar', 'en', 'ar'])).toBe('en→both');
  });

  it('goes nowhere when the language of what is relevant is not known', () => {
    expect(languageDirection('ar', [])).toBe('ar→absent');
  });
});
