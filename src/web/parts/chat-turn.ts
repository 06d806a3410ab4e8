import { articleLink } from '../article-link.js';
import type { KeptTurn } from '../chat/transcript.js';
import { type Html, html } from '../html/html.js';
import { isolateRuns } from '../html/isolate-runs.js';
import { textDirection } from '../html/text-direction.js';
import type { UiContext } from '../ui-context.js';
import { formatDate, formatNumber } from '../words/format-values.js';

/** A question with its answer, and the passages that bear it out. */
export function chatTurn(ui: UiContext, turn: KeptTurn): Html {
  const { lang, dir } = textDirection(turn.text);
  return html`<article class="turn">
${askedQuestion(turn.question)}
<div class="answer${turn.status === 'no_answer' && ' notice'}" lang="${lang}" dir="${dir}">
<p class="answer-text">${citedText(ui, turn, dir)}</p>
</div>
${sourceList(ui, turn)}
</article>`;
}

/** A question whose answer is still being written. */
export function pendingTurn(ui: UiContext, question: string): Html {
  return html`<article class="turn" aria-busy="true">
${askedQuestion(question)}
<div class="answer" dir="auto"><p class="answer-text"></p></div>
<p class="quiet pending">${ui.words.chat.searching}</p>
</article>`;
}

function askedQuestion(question: string): Html {
  const { lang, dir } = textDirection(question);
  return html`<h2 class="question" lang="${lang}" dir="${dir}">${isolateRuns(question, dir)}</h2>`;
}

/** The text with its markers as links to the passages. A marker that cites nothing that is known stays text. */
function citedText(ui: UiContext, turn: KeptTurn, dir: 'rtl' | 'ltr'): Html {
  const pieces: Html[] = [];
  let at = 0;
  for (const { start, end, source } of turn.citations) {
    const cited = turn.sources.find(({ number }) => number === source);
    if (cited === undefined || start < at) continue;
    const title = cited.title === '' ? ui.words.search.untitled : cited.title;
    pieces.push(isolateRuns(turn.text.slice(at, start), dir));
    pieces.push(
      html`<a class="cite" href="${articleLink(ui, cited)}" aria-label="${ui.words.chat.source(formatNumber(ui.words, source))}: ${title}">${formatNumber(ui.words, source)}</a>`,
    );
    at = end;
  }
  pieces.push(isolateRuns(turn.text.slice(at), dir));
  return html`${pieces}`;
}

function sourceList(ui: UiContext, turn: KeptTurn): Html | null {
  const { words } = ui;
  if (turn.sources.length === 0) return null;
  const heading = turn.status === 'answered' ? words.chat.sources : words.chat.nearest;
  return html`<section class="sources"><h3>${heading}</h3>
<ol role="list">
${turn.sources.map((source) => {
  const title = source.title === '' ? words.search.untitled : source.title;
  const titled = textDirection(title);
  const quoted = textDirection(source.quote);
  return html`<li lang="${quoted.lang}" dir="${quoted.dir}"><span class="source-number" lang="${words.lang}" dir="${words.dir}">${formatNumber(words, source.number)}</span>
<div><h4><a href="${articleLink(ui, source)}" lang="${titled.lang}" dir="${titled.dir}">${isolateRuns(title, titled.dir)}</a></h4>
<blockquote class="passage">${isolateRuns(source.quote, quoted.dir)}</blockquote>
${source.publishedAt !== null && html`<p class="related-facts"><time lang="${words.lang}" dir="${words.dir}" datetime="${source.publishedAt}">${formatDate(words, source.publishedAt)}</time></p>`}</div></li>\n`;
})}</ol></section>`;
}
