import { describe, expect, test } from 'vitest';
import { makeKeyParts, readKeyText, redactKeys, writeKeyText } from '../../../src/keys/key-text.js';

const parts = makeKeyParts();
const text = writeKeyText(parts);

describe('the text of a key', () => {
  test('is read back as what it was made of', () => {
    expect(readKeyText(text)).toEqual(parts);
  });

  test.each([
    '',
    text.slice(0, -1),
    `${text}x`,
    ` ${text}`,
    `${text}\n`,
    text.toUpperCase(),
    text.replace('fhr_', 'sk_'),
    'fhr___proto__',
    'x'.repeat(100_000),
  ])('is nothing else (%#)', (other) => {
    expect(readKeyText(other)).toBeNull();
  });

  test('loses its secret wherever it stands, and keeps its id', () => {
    const logged = redactKeys(`/v1/search?a=${text}&b=${text}%20 and ${text.slice(0, -10)}`);
    expect(logged).not.toContain(parts.secret.slice(0, 20));
    expect(logged.match(new RegExp(`fhr_${parts.id}_\\[redacted\\]`, 'g'))).toHaveLength(3);
  });
});
