import { asArticleId, type CleanArticle, type Paragraph } from '../../../src/domain/article.js';

/** A clean article of paragraphs; a text that starts with "# " is a heading. */
export function cleanArticleOf(...texts: readonly string[]): CleanArticle {
  const paragraphs = texts.map((text, index): Paragraph => {
    const isHeading = text.startsWith('# ');
    return {
      kind: isHeading ? 'heading' : 'paragraph',
      text: isHeading ? text.slice(2) : text,
      line: index + 1,
    };
  });
  return {
    id: asArticleId('a'),
    title: '',
    language: 'en',
    tags: [],
    origin: { file: 'a.txt' },
    paragraphs,
    dropped: [],
  };
}

/** A sentence of a number of words. */
export function sentence(words: number, word = 'word'): string {
  return `${Array.from({ length: words }, () => word).join(' ')}.`;
}
