import { FihristError } from '../domain/errors.js';
import { LAST_LABEL } from './trusted-labels.js';
import type { VectorEntry } from './vector-index.js';

// Native code takes NaN for a number, wraps labels and ends the process over a non-number: nothing reaches it unchecked.

/** @throws VECTOR_DIMENSION_MISMATCH, VECTOR_NOT_FINITE (bug) */
export function checkVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions) {
    throw new FihristError(
      'VECTOR_DIMENSION_MISMATCH',
      `The vector has ${vector.length} numbers; the index has ${dimensions}.`,
      { details: { length: vector.length, dimensions } },
    );
  }
  // x − x is 0 for every finite x and NaN for the others, so one sum tells of all.
  let sum = 0;
  for (let i = 0; i < dimensions; i += 1) {
    const value = vector[i] ?? Number.NaN;
    sum += value - value;
  }
  if (sum !== 0) {
    const at = vector.findIndex((value) => !Number.isFinite(value));
    throw new FihristError('VECTOR_NOT_FINITE', `Number ${at} of the vector is ${vector[at]}.`, {
      details: { at, value: String(vector[at]) },
    });
  }
}

/** @throws VECTOR_LABEL_INVALID (bug) */
export function checkLabel(label: number): void {
  if (Number.isInteger(label) && label >= 0 && label <= LAST_LABEL) return;
  throw new FihristError(
    'VECTOR_LABEL_INVALID',
    `Label ${label} is not an integer from 0 to ${LAST_LABEL}.`,
    { details: { label: String(label) } },
  );
}

/** Checks all before any is used. @throws VECTOR_* (bug) */
export function checkEntries(entries: readonly VectorEntry[], dimensions: number): void {
  for (const { label, vector } of entries) {
    checkLabel(label);
    checkVector(vector, dimensions);
  }
}
