import type { Direction } from '../../domain/language.js';
import type { Passage } from '../../domain/passage.js';
import type { RelatedResult } from '../../search/find-related-passages.js';
import type { StoredArticle } from '../../storage/article-store.js';
import { articleLink, passageAnchor, passageKey } from '../article-link.js';
import { type Html, html } from '../html/html.js';
import { isolateRuns } from '../html/isolate-runs.js';
import { markPassage } from '../html/mark-passage.js';
import { safeLink } from '../html/safe-link.js';
import { textDirection } from '../html/text-direction.js';
import { relatedList } from '../parts/related-list.js';
import { linkTo, type UiContext } from '../ui-context.js';
import { formatDate, formatNumber } from '../words/format-values.js';

export interface ArticleView {
  readonly article: StoredArticle;
  /** The passage that it is opened at; null when it is opened at the top. */
  readonly selected: Passage | null;
  /** To the selected passage; null when none is selected. */
  readonly related: RelatedResult | null;
  /** The question that led here; empty when none did. */
  readonly question: string;
}

/** The main part of the page of an article. */
export function articlePage(ui: UiContext, view: ArticleView): Html {
  const { words } = ui;
  const { article, selected, related, question } = view;
  const heading = article.title === '' ? words.search.untitled : article.title;
  const { lang, dir } = textDirection(heading);
  return html`${question !== '' && html`<p class="back"><a href="${linkTo(ui, '/', { q: question })}">${words.article.back}</a></p>`}
<div class="reading">
<article class="article" lang="${article.language}" aria-labelledby="title">
<header lang="${lang}" dir="${dir}">
<h1 id="title">${isolateRuns(heading, dir)}</h1>
${facts(ui, article, dir)}
</header>
${article.passages.map((passage, i) => html`${passageBlock(ui, view, { passage, number: i + 1 })}\n`)}</article>
<aside id="related" class="beside" aria-labelledby="related-heading">
<h2 id="related-heading">${words.article.relatedHeading}</h2>
${selected === null || related === null ? html`<p class="quiet">${words.article.relatedWait}</p>` : relatedList(ui, related, question)}
</aside>
</div>`;
}

/** When, where and under what it was published, in the words of the interface, but on the side of the title. */
function facts(ui: UiContext, article: StoredArticle, titleDir: Direction): Html {
  const { words } = ui;
  const link = safeLink(article.url);
  const tags = article.tags.map((tag) => html`<li><bdi>${tag}</bdi></li>`);
  return html`<dl class="facts${titleDir !== words.dir && ' facts-opposite'}" lang="${words.lang}" dir="${words.dir}">
${article.publishedAt !== null && fact(words.article.published, html`<time datetime="${article.publishedAt}">${formatDate(words, article.publishedAt)}</time>`)}
${link !== null && fact(words.article.source, html`<a href="${link.href}" rel="noopener noreferrer nofollow"><bdi dir="ltr">${link.host}</bdi></a>`)}
${fact(words.search.language, html`${words.languages[article.language]}`)}
${tags.length > 0 && fact(words.article.tags, html`<ul class="tags">${tags}</ul>`)}
</dl>`;
}

function fact(name: string, value: Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

interface PassageBlock {
  readonly passage: Passage;
  /** Place in the article, from 1. */
  readonly number: number;
}

function passageBlock(ui: UiContext, view: ArticleView, { passage, number }: PassageBlock): Html {
  const { words } = ui;
  const { article, selected, question } = view;
  const { lang, dir } = textDirection(passage.text);
  const isSelected = passage.id === selected?.id;
  const counted = words.article.passageOf(
    formatNumber(words, number),
    formatNumber(words, article.passages.length),
  );
  const href = articleLink(ui, {
    articleId: article.id,
    passageId: passage.id,
    ...(question === '' ? {} : { question }),
  });
  return html`<div class="passage-block${isSelected && ' selected'}" id="${passageAnchor(passageKey(passage.id, article.id))}" lang="${lang}" dir="${dir}"${isSelected && html` aria-current="true"`}>
<a class="passage-link" href="${href}" lang="${words.lang}" dir="${words.dir}" aria-label="${counted}. ${words.article.showRelated}" title="${words.article.showRelated}"><span aria-hidden="true">${formatNumber(words, number)}</span></a>
<p class="passage">${markPassage(passage.text, { sentence: isSelected ? { start: 0, end: passage.text.length } : null, words: [] }, dir)}</p>
</div>`;
}
