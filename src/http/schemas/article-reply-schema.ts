import { z } from 'zod';
import {
  articleFields,
  directionSchema,
  languageSchema,
  spanSchema,
} from '../../search/search-reply-schema.js';

const passageSchema = z
  .object({
    id: z.string().describe('Id of the passage.'),
    text: z.string().describe('The passage, untouched.'),
    language: languageSchema.describe('Language of the passage.'),
    dir: directionSchema,
    sentences: z.array(spanSchema).min(1).describe('The sentences of `text`, in order.'),
  })
  .meta({ id: 'Passage', description: 'A paragraph of an article, or a few short ones.' });

/** The reply of `GET /v1/articles/{id}`. */
export const articleReplySchema = z
  .object({
    id: z.string().describe('Id of the article.'),
    title: articleFields.title,
    url: articleFields.url,
    language: languageSchema.describe('Language of the article.'),
    dir: directionSchema,
    published_at: articleFields.published_at,
    tags: z.array(z.string()).describe('Its tags, as the article gave them.'),
    source: z.string().describe('Collection that the article was read with.'),
    updated_at: z.iso.datetime().describe('When it was last changed in the index (ISO 8601, UTC).'),
    passages: z.array(passageSchema).describe('In reading order: the text of the article without its title.'),
  })
  .meta({ id: 'Article', description: 'An article with all its passages.' });
