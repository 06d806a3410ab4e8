import type { CleanArticle } from '../domain/article.js';
import { directionOf } from '../domain/language.js';
import type { Passage } from '../domain/passage.js';
import type { PreviewItem } from './cli-services.js';
import { formatProblems } from './format-problems.js';
import { layOutPassage, type PassageLayout } from './lay-out-passage.js';
import { countOf, inlineText } from './terminal-text.js';

/** Characters of a dropped block that are shown: enough to know it again. */
const DROPPED_CHARACTERS = 80;

/** What would be indexed of a file, and what was dropped and why, for people. */
export function formatPreview(items: readonly PreviewItem[], width: number | null): string[] {
  const problems = items.flatMap((item) => ('problem' in item ? [item.problem] : []));
  const articles = items.flatMap((item) =>
    'problem' in item ? [] : [...formatArticle(item.article, item.passages, width), ''],
  );
  const passages = items.reduce((sum, item) => sum + ('problem' in item ? 0 : item.passages.length), 0);
  const articleCount = items.length - problems.length;
  return [
    ...articles,
    ...formatProblems(problems),
    `${countOf(articleCount, 'article')}, ${countOf(passages, 'passage')}, ${countOf(problems.length, 'problem')}`,
  ];
}

function formatArticle(article: CleanArticle, passages: readonly Passage[], width: number | null): string[] {
  const direction = directionOf(article.language);
  return [
    `${inlineText(article.title, direction)} (${article.language}, ${countOf(passages.length, 'passage')})`,
    `  id ${inlineText(article.id, 'ltr')}`,
    ...passages.flatMap((passage) => formatPassage(passage, width)),
    ...formatDropped(article),
  ];
}

function formatPassage(passage: Passage, width: number | null): string[] {
  const indent = '    ';
  const layout: PassageLayout = {
    direction: directionOf(passage.language),
    mark: 'asterisks',
    width: width === null ? null : width - indent.length,
  };
  const lines = layOutPassage(passage.text, null, layout);
  return [
    `  passage ${passage.ordinal + 1} (${countOf(passage.sentences.length, 'sentence')})`,
    ...lines.map((line) => (line === '' ? '' : indent + line)),
  ];
}

function formatDropped({ dropped }: CleanArticle): string[] {
  if (dropped.length === 0) return ['  nothing dropped'];
  return [
    `  dropped (${countOf(dropped.length, 'block')})`,
    ...dropped.map(({ line, reason, text }) => {
      const start = text.length > DROPPED_CHARACTERS ? `${text.slice(0, DROPPED_CHARACTERS)}…` : text;
      return `    line ${line}, ${reason}: ${inlineText(start)}`;
    }),
  ];
}
