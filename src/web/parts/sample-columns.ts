import { directionOf, type Language } from '../../domain/language.js';
import { type Html, html } from '../html/html.js';
import { isolateRuns } from '../html/isolate-runs.js';
import type { SampleQuestions } from '../sample-questions.js';
import { linkTo, type UiContext } from '../ui-context.js';

/**
 * Questions to begin with, the two languages side by side as in a parallel text.
 * @param path  Of the page that they are put to.
 */
export function sampleColumns(ui: UiContext, samples: SampleQuestions, path: '/' | '/chat'): Html | null {
  const { search } = ui.words;
  if (samples.ar.length + samples.en.length === 0) return null;
  return html`<section class="samples" aria-labelledby="samples-heading">
<h2 id="samples-heading">${search.samplesHeading}</h2>
<div class="parallel">
${column(ui, { language: 'en', questions: samples.en, path })}
${column(ui, { language: 'ar', questions: samples.ar, path })}
</div>
</section>`;
}

interface SampleColumn {
  readonly language: Language;
  readonly questions: readonly string[];
  readonly path: '/' | '/chat';
}

function column(ui: UiContext, { language, questions, path }: SampleColumn): Html | null {
  if (questions.length === 0) return null;
  const dir = directionOf(language);
  return html`<ul lang="${language}" dir="${dir}" aria-label="${ui.words.search.samples[language]}">
${questions.map((question) => html`<li><a href="${linkTo(ui, path, { q: question })}">${isolateRuns(question, dir)}</a></li>\n`)}</ul>`;
}
