import type { IncomingMessage } from 'node:http';
import type { FihristError } from '../domain/errors.js';
import type { Html } from './html/html.js';
import { errorPage } from './pages/error-page.js';
import { pageShell } from './parts/page-shell.js';
import { articleRoute } from './routes/article-route.js';
import { assetRoute } from './routes/asset-route.js';
import { chatRoutes } from './routes/chat-routes.js';
import { searchRoute } from './routes/search-route.js';
import { signInAddress, signInRoutes } from './routes/sign-in-routes.js';
import { statusRoute } from './routes/status-route.js';
import { CONTENT_SECURITY_POLICY } from './send-page.js';
import { readUiContext } from './ui-context.js';
import type { WebCall, WebPage } from './web-page.js';
import type { WebServices } from './web-services.js';

export interface WebPages {
  readonly pages: readonly WebPage[];
  /** A whole page that says what went wrong, and the policy to send it with. */
  readonly errorPage: (
    error: FihristError,
    req: IncomingMessage,
    reader: Reader,
  ) => { readonly html: string; readonly contentSecurityPolicy: string };
  /** Where to sign in, to come back to the page that was asked for. */
  readonly signInAddress: (req: IncomingMessage) => string;
}

type Reader = Pick<WebCall, 'isSignedIn'>;

/** The front end: pages that work without JavaScript, and what they load. */
export function createWebPages(services: WebServices): WebPages {
  return {
    pages: [
      searchRoute(services),
      ...chatRoutes(services),
      articleRoute(services),
      statusRoute(services),
      ...signInRoutes(services),
      assetRoute(services.assets),
    ],
    errorPage: (error, req, reader) => ({
      html: renderError(services, error, req, reader).toString(),
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    }),
    signInAddress,
  };
}

function renderError(
  services: Pick<WebServices, 'assets'>,
  error: FihristError,
  req: IncomingMessage,
  { isSignedIn }: Reader,
): Html {
  const [path = '/', search = ''] = (req.url ?? '/').split('?', 2);
  const ui = readUiContext(req, path, search);
  const main = errorPage(ui, error);
  return pageShell(ui, services, { title: null, current: null, kind: 'error', main, isSignedIn });
}
