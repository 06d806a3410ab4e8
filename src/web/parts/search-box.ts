import { type Html, html } from '../html/html.js';
import { textDirection } from '../html/text-direction.js';
import { hasFilters, type SearchForm } from '../search-form.js';
import type { UiContext } from '../ui-context.js';

/** The form that everything begins with. @param problem  What is wrong with it, for people; or null. */
export function searchBox(ui: UiContext, form: SearchForm, problem: string | null): Html {
  const { words } = ui;
  const { search } = words;
  const { lang, dir } = form.query === '' ? words : textDirection(form.query);
  return html`<form class="search-form" action="/" method="get" role="search">
${ui.chosen && html`<input type="hidden" name="ui" value="${words.lang}">`}
<div class="box">
<label for="q">${search.boxLabel}</label>
<div class="box-line">
<input id="q" name="q" type="search" value="${form.query}" lang="${lang}" dir="${dir}" data-empty-dir="${words.dir}" maxlength="10000" autocomplete="off" spellcheck="false" enterkeyhint="search" aria-describedby="hint${problem !== null && ' problem'}"${problem !== null && html` aria-invalid="true"`}>
<button type="submit">${search.submit}</button>
</div>
<p id="hint" class="hint">${search.shortcut}</p>
${problem !== null && html`<p id="problem" class="problem" role="alert">${problem}</p>`}
</div>
<details class="filters"${hasFilters(form) && html` open`}>
<summary>${search.filters}</summary>
<div class="filter-fields">
<p class="field"><label for="lang">${search.language}</label>
<select id="lang" name="lang"><option value="">${search.anyLanguage}</option>${(['ar', 'en'] as const).map(
    (name) =>
      html`<option value="${name}"${form.language === name && html` selected`}>${words.languages[name]}</option>`,
  )}</select></p>
<p class="field"><label for="from">${search.from}</label><input id="from" name="from" type="date" value="${form.from}"></p>
<p class="field"><label for="to">${search.to}</label><input id="to" name="to" type="date" value="${form.to}"></p>
<p class="field"><label for="tag">${search.tag}</label><input id="tag" name="tag" type="text" value="${form.tag}" dir="auto" maxlength="200" autocomplete="off"></p>
<p class="field field-check"><input id="group" name="group" type="checkbox" value="article"${form.grouped && html` checked`}><label for="group">${search.grouped}</label></p>
</div>
</details>
</form>`;
}
