import { describe, expect, it } from 'vitest';
import { LAST_LABEL, trustedLabelsOf } from '../../../src/vector-index/trusted-labels.js';

const openings = [
  { id: 'first', labelsBefore: 0 },
  { id: 'second', labelsBefore: 40 },
  { id: 'third', labelsBefore: 55 },
];

describe('trustedLabelsOf', () => {
  it('trusts what was given before the next opening', () => {
    expect(trustedLabelsOf(openings, 'first')).toBe(40);
    expect(trustedLabelsOf(openings, 'second')).toBe(55);
  });

  it('trusts all labels of the opening that is going on', () => {
    expect(trustedLabelsOf(openings, 'third')).toBe(LAST_LABEL);
  });

  it('trusts none of a store that is not this one', () => {
    expect(trustedLabelsOf(openings, 'elsewhere')).toBeNull();
    expect(trustedLabelsOf([], 'first')).toBeNull();
  });
});
