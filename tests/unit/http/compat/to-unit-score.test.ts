import { expect, test } from 'vitest';
import { toUnitScore } from '../../../../src/http/compat/to-unit-score.js';

test.each([
  [-0.2, 0],
  [0, 0],
  [0.407, 0.407],
  [1, 1],
  [1.3, 1],
])('a score of %f is %f to other software', (score, unit) => {
  expect(toUnitScore(score)).toBe(unit);
});
