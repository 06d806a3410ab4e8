import { describe, expect, it } from 'vitest';
import { linkTo, otherLanguageLink, readUiContext } from '../../../src/web/ui-context.js';
import { requestWith } from './made-request.js';

const languageOf = (header: string, search = '') =>
  readUiContext(requestWith({ 'accept-language': header }), '/', search).words.lang;

describe('the language of the interface', () => {
  it.each([
    ['ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
    ['en-GB,en;q=0.9,ar;q=0.5', 'en'],
    ['fr-FR,ar;q=0.5', 'ar'],
    ['fr-FR', 'en'],
    ['', 'en'],
  ])('follows %j', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('is what the address says before what the browser says', () => {
    expect(languageOf('ar', 'ui=en')).toBe('en');
    expect(languageOf('ar', 'ui=xx')).toBe('ar');
  });

  it('goes along in links only when it was chosen', () => {
    const followed = readUiContext(requestWith({ 'accept-language': 'ar' }), '/', 'q=a');
    expect(linkTo(followed, '/status')).toBe('/status');
    const chosen = readUiContext(requestWith({}), '/', 'q=a&ui=ar');
    expect(linkTo(chosen, '/', { q: 'b', tag: '', page: null })).toBe('/?q=b&ui=ar');
    expect(otherLanguageLink(chosen)).toBe('/?q=a&ui=en');
  });
});
