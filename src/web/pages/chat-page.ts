import type { Transcript } from '../chat/transcript.js';
import { type Html, html } from '../html/html.js';
import { chatTurn } from '../parts/chat-turn.js';
import { sampleColumns } from '../parts/sample-columns.js';
import type { SampleQuestions } from '../sample-questions.js';
import { linkTo, type UiContext } from '../ui-context.js';

export interface ChatView {
  readonly transcript: Transcript;
  /** The transcript as the next question carries it along. */
  readonly sealed: string;
  /** What is wrong with what was asked, for people; or null. */
  readonly problem: string | null;
  readonly samples: SampleQuestions;
}

/** The main part of the page where questions are answered in sentences. */
export function chatPage(ui: UiContext, view: ChatView): Html {
  const { words } = ui;
  const { chat } = words;
  const isNew = view.transcript.length === 0;
  return html`<div class="chat">
${isNew ? html`<h1>${chat.heading}</h1><p class="lead">${chat.lead}</p>` : html`<h1 class="visually-hidden">${chat.heading}</h1>`}
<div id="turns" class="turns">${view.transcript.map((turn) => html`${chatTurn(ui, turn)}\n`)}</div>
<p id="announcement" class="visually-hidden" role="status" data-searching="${chat.searching}" data-answered="${chat.answered}" data-failed="${chat.failed}"></p>
<form class="search-form chat-form" action="${linkTo(ui, '/chat')}" method="post">
<input type="hidden" id="transcript" name="transcript" value="${view.sealed}">
<div class="box">
<label for="q">${isNew ? words.search.boxLabel : chat.followUp}</label>
<div class="box-line">
<input id="q" name="q" type="text" lang="${words.lang}" dir="${words.dir}" data-empty-dir="${words.dir}" maxlength="10000" required autocomplete="off" enterkeyhint="send"${view.problem !== null && html` aria-invalid="true" aria-describedby="problem"`}>
<button type="submit">${chat.submit}</button>
</div>
${view.problem !== null && html`<p id="problem" class="problem" role="alert">${view.problem}</p>`}
</div>
</form>
${!isNew && html`<p class="chat-anew"><a href="${linkTo(ui, '/chat')}">${chat.anew}</a></p>`}
${isNew && sampleColumns(ui, view.samples, '/chat')}
</div>`;
}
