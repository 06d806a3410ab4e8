import { type Html, html } from '../html/html.js';
import { linkTo, otherLanguageLink, type UiContext } from '../ui-context.js';
import type { WebServices } from '../web-services.js';

export type PageName = 'search' | 'chat' | 'status';

export interface PageParts {
  /** Of the window; the name of the site is added. */
  readonly title: string | null;
  /** Which entry of the navigation this is. */
  readonly current: PageName | null;
  /** For the style sheet: `search`, `article`. */
  readonly kind: string;
  readonly main: Html;
  /** Whether the reader has signed in: then there is a cookie, and a way out. */
  readonly isSignedIn: boolean;
}

/** Fonts that nearly every page needs at once. The others are loaded when a letter asks for them. */
const FIRST_FONTS = [
  'fonts/markazi-text-arabic.woff2',
  'fonts/markazi-text-latin.woff2',
  'fonts/ibm-plex-sans-arabic.woff2',
  'fonts/ibm-plex-sans-latin.woff2',
];

/** What belongs to every page. */
export type SiteParts = Pick<WebServices, 'assets'>;

/** A whole page around its main part. */
export function pageShell(ui: UiContext, site: SiteParts, page: PageParts): Html {
  const { words } = ui;
  const { assets } = site;
  const { otherLanguage } = words;
  const title = page.title === null ? '' : `${page.title} · `;
  return html`<!doctype html>
<html lang="${words.lang}" dir="${words.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${words.site.name}</title>
<meta name="color-scheme" content="light dark">
${FIRST_FONTS.map((font) => html`<link rel="preload" href="${assets.place(font)}" as="font" type="font/woff2" crossorigin>\n`)}<link rel="stylesheet" href="${assets.place('site.css')}">
<link rel="icon" type="image/svg+xml" href="${assets.place('icon.svg')}">
<script type="module" src="${assets.place('client/site.js')}"></script>
</head>
<body class="page-${page.kind}">
<a class="skip" href="#main">${words.site.skip}</a>
<header class="masthead">
<div class="masthead-line">
<a class="wordmark" href="${linkTo(ui, '/')}"><span lang="en" dir="ltr">Fihrist</span><span class="wordmark-rule" aria-hidden="true"></span><span lang="ar" dir="rtl">فهرست</span></a>
<nav aria-label="${words.site.navigation}"><ul>
${navigation(ui, page.current)}</ul></nav>
<a class="switch" href="${otherLanguageLink(ui)}" lang="${otherLanguage.lang}" hreflang="${otherLanguage.lang}">${otherLanguage.name}</a>
${page.isSignedIn && signOutForm(ui)}
</div>
</header>
<main id="main" tabindex="-1">
${page.main}
</main>
<footer class="colophon"><p>${page.isSignedIn || page.kind === 'sign-in' ? words.site.footerWithCookie : words.site.footer} <a href="/docs" hreflang="en">${words.site.reference}</a></p></footer>
</body>
</html>
`;
}

function signOutForm(ui: UiContext): Html {
  return html`<form class="sign-out" action="${linkTo(ui, '/sign-out')}" method="post"><button type="submit">${ui.words.signIn.signOut}</button></form>`;
}

function navigation(ui: UiContext, current: PageName | null): readonly Html[] {
  const { site } = ui.words;
  const entries: ReadonlyArray<readonly [PageName, string, string]> = [
    ['search', '/', site.search],
    ['chat', '/chat', site.ask],
    ['status', '/status', site.status],
  ];
  return entries.map(
    ([name, path, label]) =>
      html`<li><a href="${linkTo(ui, path)}"${name === current && html` aria-current="page"`}>${label}</a></li>\n`,
  );
}
