import type { Source } from '../../../src/answer/answer.js';
import { asArticleId } from '../../../src/domain/article.js';
import { directionOf } from '../../../src/domain/language.js';
import { asPassageId } from '../../../src/domain/passage.js';
import type { RankedPassage } from '../../../src/domain/ranked-passage.js';
import type { SearchResult } from '../../../src/search/search-passages.js';
import { detectLanguage } from '../../../src/text/detect-language.js';
import { splitSentences } from '../../../src/text/split-sentences.js';

export interface MadePassage {
  readonly text: string;
  /** Default: each passage is of an article of its own. */
  readonly article?: string;
  readonly score?: number;
  readonly url?: string | null;
  /** One for each sentence. Default: falling from .6. */
  readonly similarities?: readonly number[];
  readonly beyondTitle?: number;
  /** What each sentence says; sentences with the same word say the same. Default: each something else. */
  readonly meanings?: readonly string[];
}

/** Passages as a search gives them, the first the best, with evidence as it is told. */
export function madePassages(...made: readonly MadePassage[]): RankedPassage[] {
  const known: string[] = [];
  const vectorOf = (meaning: string) => {
    if (!known.includes(meaning)) known.push(meaning);
    const vector = new Float32Array(64);
    vector[known.indexOf(meaning)] = 1;
    return vector;
  };
  return made.map(({ text, article, score, url = null, similarities, beyondTitle, meanings }, i) => {
    const language = detectLanguage(text);
    const sentences = splitSentences(text).map((span, place) => {
      const similarity = similarities?.[place] ?? 0.6 - 0.1 * place;
      const vector = vectorOf(meanings?.[place] ?? `${i}.${place}`);
      return { ...span, similarity, beyondTitle: similarity, vector };
    });
    return {
      id: asPassageId(`article-${i}:0000000000`),
      articleId: asArticleId(article ?? `article-${i}`),
      title: `Title ${i}`,
      url,
      language,
      direction: directionOf(language),
      text,
      score: score ?? 0.7 - 0.05 * i,
      bestSentence: { start: 0, end: text.length },
      highlights: [],
      publishedAt: null,
      tags: [],
      source: 'corpus',
      evidence: { beyondTitle: beyondTitle ?? 0.5, sentences },
    };
  });
}

export function madeSources(...made: readonly MadePassage[]): Source[] {
  return madePassages(...made).map((passage, i) => ({ number: i + 1, passage }));
}

export function resultOf(hits: readonly RankedPassage[], query: string, answerable = true): SearchResult {
  return {
    hits,
    total: 99,
    queryLanguage: detectLanguage(query),
    answerability: { answerable, probability: answerable ? 0.9 : 0.1 },
    indexGeneration: 3,
    modelFingerprint: 'fake-model:1',
  };
}
