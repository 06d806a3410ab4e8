import { z } from 'zod';
import { ArticleLine, MAX_ARTICLE_ID_CHARACTERS } from '../../corpus/article-fields.js';
import { describeField } from '../describe-field.js';

const { shape } = ArticleLine;

/** An article as it is sent: with the checks of the corpus room, which reads it and says what is wrong. */
export const articleBodySchema = z
  .object({
    id: describeField(shape.id, {
      allowed: `a string of 1 to ${MAX_ARTICLE_ID_CHARACTERS} characters`,
      meaning:
        'Names it for as long as it lives. Without one, it is named by its title, text and address, so that sending it again does not make a second one.',
    }),
    title: describeField(shape.title, {
      allowed: 'a string of at most 1,000 characters',
      meaning: 'Title. Without one, cleaning looks for it in the text.',
    }),
    text: describeField(shape.text, {
      allowed: 'a string',
      meaning: 'The article, raw or clean: menus, share lines and the like are left out.',
    }),
    url: describeField(shape.url, {
      allowed: 'an http or https address',
      meaning: 'Where it was published.',
    }),
    language: describeField(shape.language, {
      allowed: '"ar" or "en"',
      meaning: 'Its language. Without one, it is told from the text.',
    }),
    published_at: describeField(shape.published_at, {
      allowed: 'an ISO 8601 date or date-time',
      meaning: 'When it was published.',
    }),
    tags: describeField(shape.tags, {
      allowed: 'an array of at most 100 strings of at most 200 characters',
      meaning: 'What it is filed under.',
    }),
  })
  .meta({
    id: 'ArticleToWrite',
    description: 'An article that is to be written. A field that is null is not there.',
  });
