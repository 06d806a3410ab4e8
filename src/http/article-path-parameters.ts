import { z } from 'zod';
import { describeField } from './describe-field.js';

/** The path of one article. */
export const articlePathParameters = z.object({
  id: describeField(z.string().min(1), {
    allowed: 'the id of an article',
    meaning: 'Id of the article: the `article_id` of a hit. Slashes in it may stay or be written `%2F`.',
  }),
});
