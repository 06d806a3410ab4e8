import { expect, test } from 'vitest';
import { withBareReferences } from '../../../src/http/bare-references.js';

test('a reference keeps its words and its default, and nothing that would narrow it', () => {
  const node = {
    list: [{ $ref: '#/a', description: 'An a.', default: 1, additionalProperties: false, properties: {} }],
    properties: { $ref: { type: 'string', minLength: 1 } },
  };
  expect(withBareReferences(node)).toEqual({
    list: [{ $ref: '#/a', description: 'An a.', default: 1 }],
    properties: { $ref: { type: 'string', minLength: 1 } },
  });
});
