import type { IncomingMessage, ServerResponse } from 'node:http';
import { FihristError } from '../../domain/errors.js';
import { signInPage } from '../pages/sign-in-page.js';
import { pageShell } from '../parts/page-shell.js';
import { readForm } from '../read-form.js';
import { readReturnAddress } from '../return-address.js';
import { sendPage } from '../send-page.js';
import { inChosenLanguage, linkTo, readUiContext, type UiContext } from '../ui-context.js';
import type { WebPage } from '../web-page.js';
import type { WebServices } from '../web-services.js';
import { formatDate, formatDuration } from '../words/format-values.js';

/** Of a key and where to go afterwards. */
const MAX_FORM_BYTES = 32 * 1024;

type SignInServices = Pick<WebServices, 'readers' | 'assets'>;

/** Where to sign in, to come back to the page that was asked for. */
export function signInAddress(req: IncomingMessage): string {
  // Express rewrites `url` on its way.
  const { originalUrl = req.url ?? '/' } = req as IncomingMessage & { readonly originalUrl?: string };
  const returnAddress = readReturnAddress(originalUrl);
  const { searchParams } = new URL(originalUrl, 'http://fihrist.invalid');
  const parameters = new URLSearchParams({ to: returnAddress });
  const language = searchParams.get('ui');
  if (language === 'ar' || language === 'en') parameters.set('ui', language);
  return `/sign-in?${parameters}`;
}

/**
 * Where keys are asked for: `GET /sign-in` asks for one, `POST /sign-in` begins a session, `POST /sign-out` ends it.
 * They are public, so that whoever has no key can come here, and tell nothing of the archive.
 */
export function signInRoutes(services: SignInServices): readonly WebPage[] {
  const { readers } = services;
  const place = { scope: 'public', lane: 'light' } as const;
  return [
    {
      ...place,
      method: 'get',
      path: '/sign-in',
      name: 'signInPage',
      summary: 'Where people show their key',
      errors: ['STORE_UNUSABLE'],
      handle: async ({ req, res, search }) => {
        const ui = readUiContext(req, '/sign-in', search);
        const returnAddress = inChosenLanguage(ui, readReturnAddress(ui.parameters.get('to')));
        const reader = await readers.readerOf(req);
        if (reader.kind === 'open' || reader.kind === 'signed-in') return goTo(res, returnAddress);
        const isOver = reader.kind === 'signed-out' && reader.hadSession;
        const problem =
          reader.kind === 'refused' ? problemWords(ui, reader.refusal) : isOver ? ui.words.signIn.over : null;
        if (req.headers['sec-fetch-site'] === 'cross-site' && !ui.parameters.has('again')) {
          // A browser does not send the cookie of a session along when it comes by a link of another site, and says so;
          // when this page sends it on, it does.
          res.setHeader('refresh', `0; url=${linkTo(ui, '/sign-in', { to: returnAddress, again: 1 })}`);
        }
        return showForm(services, { res, ui, returnAddress, problem, httpStatus: 200 });
      },
    },
    {
      ...place,
      method: 'post',
      path: '/sign-in',
      name: 'signIn',
      summary: 'Shows a key',
      errors: [
        'BODY_TOO_LARGE',
        'ORIGIN_NOT_ALLOWED',
        'RATE_LIMITED',
        'KEY_INVALID',
        'KEY_EXPIRED',
        'KEY_REVOKED',
        'KEY_SCOPE_MISSING',
        'STORE_UNUSABLE',
      ],
      handle: async (call) => {
        const { req, res, search } = call;
        const ui = readUiContext(req, '/sign-in', search);
        const field = await readForm(call, MAX_FORM_BYTES);
        const returnAddress = inChosenLanguage(ui, readReturnAddress(field('to')));
        const key = field('key').trim();
        const shown = { res, ui, returnAddress };
        if (key === '') {
          return showForm(services, { ...shown, problem: ui.words.signIn.empty, httpStatus: 400 });
        }
        try {
          await readers.signIn(req, res, key);
        } catch (error) {
          const problem = error instanceof FihristError ? problemWords(ui, error) : null;
          if (!(error instanceof FihristError) || problem === null) throw error;
          return showForm(services, { ...shown, problem, httpStatus: error.httpStatus });
        }
        return goTo(res, returnAddress);
      },
    },
    {
      ...place,
      method: 'post',
      path: '/sign-out',
      name: 'signOut',
      summary: 'Ends the session of a reader',
      errors: ['ORIGIN_NOT_ALLOWED'],
      handle: ({ req, res, search }) => {
        const ui = readUiContext(req, '/sign-out', search);
        readers.signOut(req, res);
        goTo(res, inChosenLanguage(ui, '/sign-in'));
      },
    },
  ];
}

/** What is wrong with a key, for its holder; null when it is something else that is wrong. */
function problemWords({ words }: UiContext, { code, details }: FihristError): string | null {
  const { signIn } = words;
  switch (code) {
    case 'KEY_INVALID':
      return signIn.invalid;
    case 'KEY_EXPIRED':
      return signIn.expired(formatDate(words, String(details.at)));
    case 'KEY_REVOKED':
      return signIn.revoked(formatDate(words, String(details.at)));
    case 'KEY_SCOPE_MISSING':
      return signIn.otherScope;
    case 'RATE_LIMITED':
      return signIn.tooMany(formatDuration(words, Number(details.retry_after_s)));
    default:
      return null;
  }
}

interface ShownForm {
  readonly res: ServerResponse;
  readonly ui: UiContext;
  readonly returnAddress: string;
  readonly problem: string | null;
  readonly httpStatus: number;
}

function showForm({ assets }: SignInServices, { res, ui, httpStatus, ...view }: ShownForm): void {
  const title = ui.words.signIn.title;
  const main = signInPage(ui, view);
  res.setHeader('cache-control', 'no-store');
  sendPage(
    res,
    httpStatus,
    pageShell(ui, { assets }, { title, current: null, kind: 'sign-in', main, isSignedIn: false }),
  );
}

/** With another method than the form had: what was sent is not sent again. */
function goTo(res: ServerResponse, address: string): void {
  res.statusCode = 303;
  res.setHeader('cache-control', 'no-store');
  res.setHeader('location', address);
  res.end();
}
