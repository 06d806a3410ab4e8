import type { CleanArticle, DroppedBlock, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { detectLanguage } from '../text/detect-language.js';
import { hasSearchableText } from '../text/has-searchable-text.js';
import type { Block } from './cleaning/block.js';
import { chooseTitle } from './cleaning/choose-title.js';
import { judgeCaptions } from './cleaning/judge-captions.js';
import { judgeCompany } from './cleaning/judge-company.js';
import { judgeDatelines } from './cleaning/judge-datelines.js';
import { judgeLeftovers } from './cleaning/judge-leftovers.js';
import { judgeRepeats } from './cleaning/judge-repeats.js';
import { judgeRuns } from './cleaning/judge-runs.js';
import { judgeSingleLines } from './cleaning/judge-single-lines.js';
import { readBlocks } from './cleaning/read-blocks.js';
import { toParagraphs } from './cleaning/to-paragraphs.js';
import type { Verdicts } from './cleaning/verdicts.js';

/**
 * Takes out of a raw article what is not the article: menus, forms, share lines, links to other articles, bylines,
 * captions, repeated paragraphs. Nothing is taken out for its place alone, and no prose but exact repeats, wordings that
 * only sites have, and readers' comments. A text of one block is always kept. The text of what stays is the author's,
 * untouched but for outer blanks.
 *
 * @throws ARTICLE_WITHOUT_TEXT when nothing with a letter or digit is left.
 */
export function cleanArticle(raw: RawArticle): CleanArticle {
  const blocks = readBlocks(raw.text);
  const given = raw.title?.trim() ?? '';
  const searchable = blocks.filter((block) => hasSearchableText(block.text));
  const { title, verdicts } = searchable.length <= 1 ? keepAll(given, blocks) : judge(given, blocks);
  const paragraphs = toParagraphs(blocks, verdicts);
  if (paragraphs.length === 0) throw withoutText(raw);
  return {
    id: raw.id,
    title,
    ...(raw.url === undefined ? {} : { url: raw.url }),
    language: raw.language ?? detectLanguage(paragraphs.map((paragraph) => paragraph.text).join('\n')),
    ...(raw.publishedAt === undefined ? {} : { publishedAt: raw.publishedAt }),
    tags: raw.tags,
    origin: raw.origin,
    paragraphs,
    dropped: toDropped(blocks, verdicts),
  };
}

interface Judgement {
  readonly title: string;
  readonly verdicts: Verdicts;
}

function keepAll(title: string, blocks: readonly Block[]): Judgement {
  return {
    title,
    verdicts: blocks.map((block) => (hasSearchableText(block.text) ? undefined : 'symbols-only')),
  };
}

/** The order matters: later rules read the verdicts of earlier ones. */
function judge(given: string, blocks: readonly Block[]): Judgement {
  const verdicts = judgeSingleLines(blocks);
  judgeCompany(blocks, verdicts);
  judgeDatelines(blocks, verdicts);
  judgeRuns(blocks, verdicts);
  judgeCaptions(blocks, verdicts);
  judgeRepeats(blocks, verdicts);
  judgeLeftovers(blocks, verdicts);
  return { title: chooseTitle(given, blocks, verdicts), verdicts };
}

function toDropped(blocks: readonly Block[], verdicts: Verdicts): DroppedBlock[] {
  return blocks.flatMap(({ text, line }, index) => {
    const reason = verdicts[index];
    return reason === undefined ? [] : [{ reason, text, line }];
  });
}

function withoutText(raw: RawArticle): FihristError {
  const { file, line } = raw.origin;
  const place = line === undefined ? file : `${file} line ${line}`;
  return new FihristError(
    'ARTICLE_WITHOUT_TEXT',
    `${place}: nothing of the article is left after cleaning.`,
    {
      details: { id: raw.id, file, line: line ?? null },
    },
  );
}
