import { z } from 'zod';
import { describeField } from './describe-field.js';

const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

/** The parameters of every list that comes in pages. */
export const pageParameters = {
  limit: describeField(z.int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE), {
    allowed: `a whole number from 1 to ${MAX_PAGE}`,
    meaning: 'How many there are on a page.',
  }),
  cursor: describeField(z.string().min(1).optional(), {
    allowed: 'the next_cursor of the page before',
    meaning: 'Where the page begins: the `next_cursor` of the page before. Default: at the beginning.',
  }),
};
