import { type Html, html } from '../html/html.js';
import { linkTo, type UiContext } from '../ui-context.js';

export interface SignInView {
  /** Where to go afterwards: checked. */
  readonly returnAddress: string;
  /** Why there is no session, for people; or null. */
  readonly problem: string | null;
}

/** The main part of the page where a key is asked for. What was entered is never shown again. */
export function signInPage(ui: UiContext, { returnAddress, problem }: SignInView): Html {
  const { signIn } = ui.words;
  const described = problem === null ? 'key-form' : 'key-form problem';
  return html`<div class="sign-in">
<h1>${signIn.heading}</h1>
<p class="lead">${signIn.lead}</p>
<form class="search-form" action="${linkTo(ui, '/sign-in')}" method="post">
<input type="hidden" name="to" value="${returnAddress}">
<div class="box">
<label for="key">${signIn.key}</label>
<div class="box-line">
<input id="key" name="key" type="password" lang="en" dir="ltr" maxlength="200" required autocomplete="current-password" autocapitalize="off" spellcheck="false" enterkeyhint="go" aria-describedby="${described}"${problem !== null && html` aria-invalid="true"`}>
<button type="submit">${signIn.submit}</button>
</div>
<p id="key-form" class="key-form">${signIn.keyForm} <code lang="en" dir="ltr">fhr_0123456789abcdef_…</code></p>
${problem !== null && html`<p id="problem" class="problem" role="alert">${problem}</p>`}
</div>
</form>
</div>`;
}
