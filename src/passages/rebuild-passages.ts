import type { ArticleId } from '../domain/article.js';
import { asPassageId, type Passage } from '../domain/passage.js';
import { detectLanguage } from '../text/detect-language.js';
import { hashPassageText } from '../text/hash-passage-text.js';
import { splitSentences } from '../text/split-sentences.js';

/**
 * Makes the passages of an article from their texts, in order: ids, ordinals, languages, sentences.
 *
 * @param texts  Without outer blanks, none blank.
 * @returns One passage a text. Ids depend on article id and text alone; a repeated one gets `-2`, `-3`, ….
 */
export function rebuildPassages(articleId: ArticleId, texts: readonly string[]): Passage[] {
  const seen = new Map<string, number>();
  return texts.map((text, ordinal) => {
    const base = `${articleId}:${hashPassageText(text)}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return {
      id: asPassageId(count === 1 ? base : `${base}-${count}`),
      articleId,
      ordinal,
      text,
      language: detectLanguage(text),
      sentences: splitSentences(text),
    };
  });
}
