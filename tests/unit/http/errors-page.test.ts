import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CATALOGUE } from '../../../src/domain/error-catalogue.js';
import type { ErrorCode } from '../../../src/domain/errors.js';

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const [introduction = '', ...sections] = page.split(/^(?=## )/m);
const sectionOf = new Map(sections.map((section) => [/^## (.*)$/m.exec(section)?.[1] ?? '', section]));

describe('docs/errors.md', () => {
  test('has exactly one section for every code of the catalogue, and no other', () => {
    const headings = sections.map((section) => /^## (.*)$/m.exec(section)?.[1]);
    expect([...headings].sort()).toEqual(Object.keys(ERROR_CATALOGUE).sort());
  });

  test.each(Object.keys(ERROR_CATALOGUE) as ErrorCode[])(
    'tells status, fault, cause, cure and example of %s',
    (code) => {
      const { httpStatus, fault } = ERROR_CATALOGUE[code];
      const section = sectionOf.get(code) ?? '';
      expect(section).toContain(`**Status** ${httpStatus} · **Fault** ${fault}\n`);
      expect(section).toMatch(/^\*\*When\*\* \S/m);
      expect(section).toMatch(/^\*\*What to do\*\* \S/m);
      expect(section).toMatch(/^> \S/m);
    },
  );

  test('shows the shape of an error before the first section', () => {
    for (const field of ['code', 'message', 'type', 'details', 'link']) {
      expect(introduction).toContain(`"${field}"`);
    }
  });
});
