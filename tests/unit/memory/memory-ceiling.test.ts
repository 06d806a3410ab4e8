import { describe, expect, it } from 'vitest';
import { memoryCeiling } from '../../../src/memory/memory-ceiling.js';

const GB = 2 ** 30;

describe('the memory ceiling', () => {
  it('is what the setting says, whatever the container allows', () => {
    const machine = { constrained: 2 * GB, total: 8 * GB };
    expect(memoryCeiling(3 * GB, machine)).toEqual({ bytes: 3 * GB, origin: 'setting' });
    expect(memoryCeiling(0, machine)).toBeNull();
  });

  it('is nine tenths of what the container allows when nothing is said', () => {
    const ceiling = memoryCeiling('auto', { constrained: 2 * GB, total: 8 * GB });
    expect(ceiling).toEqual({ bytes: Math.floor(1.8 * GB), origin: 'container' });
  });

  it.each([0, 8 * GB, 2 ** 64, Number.POSITIVE_INFINITY])(
    'is none in a container of %d bytes',
    (constrained) => {
      expect(memoryCeiling('auto', { constrained, total: 8 * GB })).toBeNull();
    },
  );
});
