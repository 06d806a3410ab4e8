import { directionOf, type Language } from '../../domain/language.js';
import { type Html, html } from '../html/html.js';
import { isolateRuns } from '../html/isolate-runs.js';
import type { SampleQuestions } from '../sample-questions.js';
import { linkTo, type UiContext } from '../ui-context.js';

/** Questions to begin with, the two languages side by side as in a parallel text. */
export function sampleColumns(ui: UiContext, samples: SampleQuestions): Html | null {
  const { search } = ui.words;
  if (samples.ar.length + samples.en.length === 0) return null;
  return html`<section class="samples" aria-labelledby="samples-heading">
<h2 id="samples-heading">${search.samplesHeading}</h2>
<div class="parallel">
${column(ui, 'en', samples.en)}
${column(ui, 'ar', samples.ar)}
</div>
</section>`;
}

function column(ui: UiContext, language: Language, questions: readonly string[]): Html | null {
  if (questions.length === 0) return null;
  const dir = directionOf(language);
  return html`<ul lang="${language}" dir="${dir}" aria-label="${ui.words.search.samples[language]}">
${questions.map((question) => html`<li><a href="${linkTo(ui, '/', { q: question })}">${isolateRuns(question, dir)}</a></li>\n`)}</ul>`;
}
