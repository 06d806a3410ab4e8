import type { ArticleId } from './article.js';
import type { Direction, Language } from './language.js';
import type { PassageId, TextSpan } from './passage.js';

/** A passage as an answer to a query: what is shown, where it comes from, and the sentence that answers. */
export interface RankedPassage {
  readonly id: PassageId;
  readonly articleId: ArticleId;
  readonly title: string;
  readonly url: string | null;
  readonly language: Language;
  readonly direction: Direction;
  /** The author's text, untouched. */
  readonly text: string;
  /** Higher is better; 0 is what unrelated texts get, 1 is the most there is. */
  readonly score: number;
  /** Span of `text`. */
  readonly bestSentence: TextSpan;
  readonly publishedAt: string | null;
}
