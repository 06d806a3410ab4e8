import type { FihristError } from '../../domain/errors.js';
import { type Html, html } from '../html/html.js';
import { linkTo, type UiContext } from '../ui-context.js';
import { formatDuration } from '../words/format-values.js';

/** The main part of the page that says what went wrong. */
export function errorPage(ui: UiContext, error: FihristError): Html {
  const { errors } = ui.words;
  const code = html`<p class="quiet">${errors.code}: <a href="/docs/errors#${error.code.toLowerCase()}" hreflang="en"><code dir="ltr">${error.code}</code></a></p>`;
  return html`<div class="welcome">
<h1>${headingOf(ui, error)}</h1>
${explanation(ui, error)}
${code}
<p><a href="${linkTo(ui, '/')}">${errors.home}</a></p>
</div>`;
}

function headingOf({ words }: UiContext, { code, httpStatus, fault, details }: FihristError): string {
  if (httpStatus === 404) return words.errors.notFound;
  if (code === 'NOT_READY' || code === 'SHUTTING_DOWN') return words.errors.notReady;
  if (typeof details.retry_after_s === 'number') return words.errors.busy;
  return fault === 'bug' ? words.errors.failed : words.errors.refused;
}

function explanation(
  { words }: UiContext,
  { code, httpStatus, fault, message, details }: FihristError,
): Html {
  const { errors } = words;
  if (httpStatus === 404) return html`<p class="lead">${errors.notFoundText}</p>`;
  if (code === 'NOT_READY' || code === 'SHUTTING_DOWN')
    return html`<p class="lead">${errors.notReadyText}</p>`;
  if (typeof details.retry_after_s === 'number') {
    return html`<p class="lead">${errors.busyText(formatDuration(words, details.retry_after_s))}</p>`;
  }
  if (fault === 'bug') {
    const id = details.request_id;
    return html`<p class="lead">${errors.failedText}</p>
${typeof id === 'string' && html`<p><code dir="ltr">${id}</code></p>`}`;
  }
  return html`<p class="lead">${errors.refusedText}</p><p lang="en" dir="ltr">${message}</p>`;
}
