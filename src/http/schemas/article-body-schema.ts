import { z } from 'zod';
import { ArticleLine, MAX_ARTICLE_ID_CHARACTERS } from '../../corpus/article-fields.js';

const { id, title, text, url, language, published_at, tags } = ArticleLine.shape;

/** An article as it is sent. What is wrong with one is told in the words of the corpus room, which reads it. */
export const articleBodySchema = z
  .object({
    id: id.describe(
      `Names it for as long as it lives: 1 to ${MAX_ARTICLE_ID_CHARACTERS} characters. Without one, it is named by its title, text and address, so that sending it again does not make a second one.`,
    ),
    title: title.describe('Title, at most 1,000 characters. Without one, cleaning looks for it in the text.'),
    text: text.describe('The article, raw or clean: menus, share lines and the like are left out.'),
    url: url.describe('Where it was published: an http or https address.'),
    language: language.describe('Its language. Without one, it is told from the text.'),
    published_at: published_at.describe('When it was published: an ISO 8601 date or date-time.'),
    tags: tags.describe('At most 100 tags of at most 200 characters.'),
  })
  .meta({
    id: 'ArticleToWrite',
    description: 'An article that is to be written. A field that is null is not there.',
  });
