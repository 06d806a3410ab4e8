import { statusPage } from '../pages/status-page.js';
import { pageShell } from '../parts/page-shell.js';
import { sendPage } from '../send-page.js';
import { readUiContext } from '../ui-context.js';
import type { WebPage } from '../web-page.js';
import type { WebServices } from '../web-services.js';

type StatusServices = Pick<
  WebServices,
  'readiness' | 'archiveFigures' | 'tasks' | 'searches' | 'assets' | 'version'
>;

export function statusRoute(services: StatusServices): WebPage {
  const startedAt = new Date();
  return {
    method: 'get',
    path: '/status',
    name: 'statusPage',
    summary: 'The state of the archive, for people',
    scope: 'search',
    lane: 'light',
    errors: [],
    handle: async ({ req, res, search, access, isSignedIn }) => {
      const ui = readUiContext(req, '/status', search);
      const { ready, indexing } = services.readiness();
      const main = statusPage(ui, {
        ready,
        indexing,
        archive: await services.archiveFigures(access),
        tasks: services.tasks(access),
        searches: services.searches,
        version: services.version,
        startedAt,
        now: new Date(),
      });
      const title = ui.words.site.status;
      sendPage(
        res,
        200,
        pageShell(ui, services, { title, current: 'status', kind: 'status', main, isSignedIn }),
      );
    },
  };
}
