import type { RankedPassage } from '../../domain/ranked-passage.js';
import { articleLink } from '../article-link.js';
import { type Html, html } from '../html/html.js';
import { isolateRuns } from '../html/isolate-runs.js';
import { markPassage } from '../html/mark-passage.js';
import { safeLink } from '../html/safe-link.js';
import { textDirection } from '../html/text-direction.js';
import type { UiContext } from '../ui-context.js';
import { formatDate, formatNumber } from '../words/format-values.js';

export interface HitEntry {
  readonly hit: RankedPassage;
  /** From 1, across pages. */
  readonly rank: number;
  readonly question: string;
}

/**
 * One hit as an entry of a catalogue. It is laid out in the direction of its passage, so that what is said of it stands
 * in the margin where its lines begin; the words of the interface in it keep their own direction.
 */
export function hitEntry(ui: UiContext, { hit, rank, question }: HitEntry): Html {
  const { words } = ui;
  const titleId = `r${rank}`;
  const here = { articleId: hit.articleId, question };
  // Beside the passage on the article's page.
  const relatedLink = `${articleLink(ui, { ...here, passageId: hit.id }).split('#', 1)[0]}#related`;
  const inUi = html`lang="${words.lang}" dir="${words.dir}"`;
  return html`<li class="entry" lang="${hit.language}" dir="${hit.direction}">
<article aria-labelledby="${titleId}">
<div class="margin">
<span class="number" ${inUi}>${formatNumber(words, rank)}</span>
<span class="language" ${inUi}>${words.languages[hit.language]}</span>
${hit.publishedAt !== null && html`<time ${inUi} datetime="${hit.publishedAt}">${formatDate(words, hit.publishedAt)}</time>`}
</div>
<div class="entry-body">
<h2 id="${titleId}">${entryTitle(ui, hit, articleLink(ui, { ...here, passageId: hit.id }))}</h2>
${sourceLine(hit.url)}
<p class="passage">${markPassage(hit.text, { sentence: hit.bestSentence, words: hit.highlights }, hit.direction)}</p>
<p class="entry-links">
<a ${inUi} href="${articleLink(ui, { ...here, passageId: hit.id })}">${words.search.fromArticle}</a>
<a ${inUi} href="${relatedLink}">${words.search.related}</a>
${otherPassages(ui, { hit, rank, question })}</p>
</div>
</article>
</li>`;
}

function entryTitle(ui: UiContext, { title }: RankedPassage, href: string): Html {
  if (title === '')
    return html`<a class="entry-title" href="${href}" lang="${ui.words.lang}" dir="${ui.words.dir}">${ui.words.search.untitled}</a>`;
  const { lang, dir } = textDirection(title);
  return html`<a class="entry-title" href="${href}" lang="${lang}" dir="${dir}">${isolateRuns(title, dir)}</a>`;
}

/** The host that the article comes from, linked. */
function sourceLine(url: string | null): Html | null {
  const link = safeLink(url);
  if (link === null) return null;
  return html`<p class="source"><a href="${link.href}" rel="noopener noreferrer nofollow" dir="ltr">${link.host}</a></p>`;
}

function otherPassages(ui: UiContext, { hit, question }: HitEntry): Html | null {
  const { group } = hit;
  if (group === undefined || group.count < 2) return null;
  const { words } = ui;
  const links = group.others.map(
    ({ id }, i) =>
      html` <a href="${articleLink(ui, { articleId: hit.articleId, passageId: id, question })}">${formatNumber(words, i + 1)}</a>`,
  );
  return html`<span class="others" lang="${words.lang}" dir="${words.dir}">${words.search.morePassages(group.count - 1)}:${links}</span>`;
}
