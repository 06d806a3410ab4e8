import { asArticleId } from '../../domain/article.js';
import { FihristError } from '../../domain/errors.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import { passageKey } from '../article-link.js';
import { articlePage } from '../pages/article-page.js';
import { pageShell } from '../parts/page-shell.js';
import { sendPage } from '../send-page.js';
import { readUiContext } from '../ui-context.js';
import type { WebPage } from '../web-page.js';
import type { WebServices } from '../web-services.js';

const RELATED_LIMIT = 6;

type ArticleServices = Pick<WebServices, 'article' | 'related' | 'assets'>;

/** An article, opened at a passage (`?p=`, and the fragment for the browser) with what is related to that. */
export function articleRoute(services: ArticleServices): WebPage {
  const { article, related } = services;
  return {
    method: 'get',
    path: '/articles/{id}',
    name: 'articlePage',
    summary: 'An article, for people',
    scope: 'search',
    lane: 'search',
    errors: ['ARTICLE_NOT_FOUND', 'PASSAGE_NOT_FOUND', 'NOT_READY', 'WORKER_STOPPED'],
    handle: async ({ req, res, path, search, access, isSignedIn }) => {
      const id = asArticleId(path.id ?? '');
      const ui = readUiContext(req, req.originalUrl.split('?', 1)[0] ?? '/', search);
      const found = await article(id, access);
      if (found === null) {
        throw new FihristError('ARTICLE_NOT_FOUND', `No article has the id ${quoteValue(id)}.`, {
          details: { id: describeValue(id) },
        });
      }
      const key = ui.parameters.get('p');
      const selected = found.passages.find((passage) => passageKey(passage.id, found.id) === key) ?? null;
      const main = articlePage(ui, {
        article: found,
        selected,
        related:
          selected === null
            ? null
            : await related({ passageId: selected.id, limit: RELATED_LIMIT, sameArticle: false }, access),
        question: (ui.parameters.get('q') ?? '').trim(),
      });
      const title = found.title === '' ? ui.words.search.untitled : found.title;
      sendPage(
        res,
        200,
        pageShell(ui, services, { title, current: null, kind: 'article', main, isSignedIn }),
      );
    },
  };
}
