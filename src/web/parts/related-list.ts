import type { RelatedResult } from '../../search/find-related-passages.js';
import { articleLink } from '../article-link.js';
import { type Html, html } from '../html/html.js';
import { isolateRuns } from '../html/isolate-runs.js';
import { markPassage } from '../html/mark-passage.js';
import { textDirection } from '../html/text-direction.js';
import type { UiContext } from '../ui-context.js';
import { formatDate } from '../words/format-values.js';

/** Passages near another, shortened to their nearest sentence. @param question  For the way back; or empty. */
export function relatedList(ui: UiContext, { hits }: RelatedResult, question: string): Html {
  const { words } = ui;
  if (hits.length === 0) return html`<p class="quiet">${words.article.relatedEmpty}</p>`;
  const way = question === '' ? {} : { question };
  return html`<ul class="related" role="list">
${hits.map((hit) => {
  const title = hit.title === '' ? words.search.untitled : hit.title;
  const { lang, dir } = textDirection(title);
  const sentence = hit.text.slice(hit.bestSentence.start, hit.bestSentence.end);
  return html`<li lang="${hit.language}" dir="${hit.direction}">
<h3><a href="${articleLink(ui, { articleId: hit.articleId, passageId: hit.id, ...way })}" lang="${lang}" dir="${dir}">${isolateRuns(title, dir)}</a></h3>
<p class="passage">${markPassage(sentence, { sentence: null, words: [] }, hit.direction)}</p>
<p class="related-facts"><span lang="${words.lang}" dir="${words.dir}">${words.languages[hit.language]}${hit.publishedAt !== null && html` · <time datetime="${hit.publishedAt}">${formatDate(words, hit.publishedAt)}</time>`}${hit.sameStory === true && html` · <em>${words.article.sameStory}</em>`}</span></p>
</li>\n`;
})}</ul>`;
}
