import type { ArticleId } from './article.js';
import type { Embedding } from './embedding.js';
import type { Direction, Language } from './language.js';
import type { PassageId, TextSpan } from './passage.js';

/** Another passage of a hit's article. */
export interface GroupedPassage {
  readonly id: PassageId;
  readonly score: number;
}

/** What was folded under a hit that stands for its article. */
export interface PassageGroup {
  /** Passages of the article among those that were ranked, the hit included. */
  readonly count: number;
  /** The best of the others, at most three, by falling score. */
  readonly others: readonly GroupedPassage[];
}

/** One feature's part in a score: `share` = `value` × `weight`. */
export interface ScorePart {
  readonly feature: string;
  readonly value: number;
  readonly weight: number;
  readonly share: number;
}

/** Why a passage stands where it stands. */
export interface Explanation {
  /** The lists that found it. */
  readonly foundBy: ReadonlyArray<'dense' | 'keyword'>;
  /** Their shares add up to the score. */
  readonly parts: readonly ScorePart[];
  readonly queryTokens: ReadonlyArray<{
    readonly text: string;
    readonly stem: string;
    readonly stopWord: boolean;
  }>;
}

/** How one sentence of a passage stands to the question. */
export interface SentenceEvidence extends TextSpan {
  /** Cosine with the question, −1…1. */
  readonly similarity: number;
  /** The same, with what the article's title says taken out of both. */
  readonly beyondTitle: number;
  /** Unit length; of sentences in either language, to tell those that say the same. */
  readonly vector: Embedding;
}

/** What an answer is put together by. */
export interface PassageEvidence {
  /** Cosine of passage and question with what the title says taken out of both, −1…1: what all of the article's
   * passages share says nothing of which one answers. The plain cosine when there is no title. */
  readonly beyondTitle: number;
  /** Of the passage, in its order. */
  readonly sentences: readonly SentenceEvidence[];
}

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
  /** Spans of `text` that are words of the question; empty when that is in the other language. */
  readonly highlights: readonly TextSpan[];
  readonly publishedAt: string | null;
  /** As the article gave them. */
  readonly tags: readonly string[];
  /** Collection that the article was read with. */
  readonly source: string;
  /** Only when it was asked for. */
  readonly explanation?: Explanation;
  /** Only when it was asked for, and never in mode `keyword`: that has no vectors. */
  readonly evidence?: PassageEvidence;
  /** Only when hits are grouped by article. */
  readonly group?: PassageGroup;
}
