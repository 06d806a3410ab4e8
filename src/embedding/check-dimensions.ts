import { FihristError } from '../domain/errors.js';
import type { ModelDescription } from './describe-model.js';

/** @param actual  What the model gives. @throws MODEL_CARD_INVALID (operator) when its card says something else */
export function checkDimensions({ name, dimensions: expected }: ModelDescription, actual: number): void {
  if (expected === null || expected === actual) return;
  throw new FihristError(
    'MODEL_CARD_INVALID',
    `The card of ${name} says ${expected} dimensions; the model gives ${actual}.`,
    { details: { expected, actual } },
  );
}
