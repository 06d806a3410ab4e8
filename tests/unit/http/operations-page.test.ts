import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { READINESS_REASONS, READINESS_WARNINGS } from '../../../src/http/readiness.js';
import { SEARCH_STAGES } from '../../../src/telemetry/search-stages.js';

const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');

/** First cells of the table rows of one section that are code. */
function listedIn(section: string): string[] {
  const text = page.split(/^## /m).find((part) => part.startsWith(section)) ?? '';
  return [...text.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1] ?? '');
}

describe('docs/operations.md', () => {
  test('explains every reason for not being ready, and every warning', () => {
    expect(listedIn('Is it ready?')).toEqual([...READINESS_REASONS, ...READINESS_WARNINGS]);
  });

  test('explains every stage of a search', () => {
    expect(listedIn('Slow searches')).toEqual([...SEARCH_STAGES]);
  });
});
