import type { ErrorEntry } from './error-entry.js';

/** What can be wrong with the model. See error-catalogue.ts. */
export const MODEL_ERRORS = {
  MODEL_NOT_FOUND: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The model folder or one of its files is missing.',
  },
  MODEL_CARD_INVALID: { fault: 'operator', httpStatus: 503, meaning: 'model-card.json is not a model card.' },
  MODEL_FILE_ALTERED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A model file is not the one that the card describes (size or SHA-256).',
  },
  MODEL_UNUSABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The model was read but cannot be run, or cannot be fetched.',
  },
  MODEL_CHANGED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The archive was embedded by another model; the next start of the service embeds it again.',
  },
  EMBEDDING_FAILED: { fault: 'bug', httpStatus: 500, meaning: 'The model gave no usable vector for a text.' },
} as const satisfies Record<string, ErrorEntry>;
