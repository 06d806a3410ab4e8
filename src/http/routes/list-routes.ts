import { listInterfaceRoutes } from '../compat/list-interface-routes.js';
import type { HttpServerOptions } from '../http-server-options.js';
import type { Route } from '../route.js';
import { addArticlesRoute } from './add-articles-route.js';
import { analyzeRoute } from './analyze-route.js';
import { answerQuestionRoute } from './answer-question-route.js';
import { articleRoute } from './article-route.js';
import { backupRoute } from './backup-route.js';
import { cancelTaskRoute } from './cancel-task-route.js';
import { chatCompletionsRoute } from './chat-completions-route.js';
import { chatUiRoute } from './chat-ui-route.js';
import { createBackupRoute } from './create-backup-route.js';
import { deleteArticleRoute } from './delete-article-route.js';
import { deleteBackupRoute } from './delete-backup-route.js';
import { errorsPageRoute } from './errors-page-route.js';
import { healthRoute } from './health-route.js';
import { listArticlesRoute } from './list-articles-route.js';
import { listBackupsRoute } from './list-backups-route.js';
import { listTasksRoute } from './list-tasks-route.js';
import { metricsRoute } from './metrics-route.js';
import { openapiRoute } from './openapi-route.js';
import { putArticleRoute } from './put-article-route.js';
import { readinessRoute } from './readiness-route.js';
import { referencePageRoute } from './reference-page-route.js';
import { referenceViewerRoute } from './reference-viewer-route.js';
import { relatedRoute } from './related-route.js';
import { searchRoute } from './search-route.js';
import { taskRoute } from './task-route.js';
import { welcomeRoute } from './welcome-route.js';

/** Every route there is, in the order of the reference. A route that is not named here does not exist. */
export function listRoutes(options: HttpServerOptions): readonly Route[] {
  const routes: readonly Route[] = [
    searchRoute(options),
    analyzeRoute(options),
    relatedRoute(options),
    answerQuestionRoute(options),
    chatCompletionsRoute(options),
    chatUiRoute(options),
    addArticlesRoute(options),
    listArticlesRoute(options),
    putArticleRoute(options),
    articleRoute(options),
    deleteArticleRoute(options),
    listTasksRoute(options),
    taskRoute(options),
    cancelTaskRoute(options),
    createBackupRoute(options),
    listBackupsRoute(options),
    backupRoute(options),
    deleteBackupRoute(options),
    ...listInterfaceRoutes(options),
    healthRoute(options),
    readinessRoute(options),
    ...(options.metrics === undefined ? [] : [metricsRoute(options.metrics)]),
    referencePageRoute(),
    referenceViewerRoute(options),
    errorsPageRoute(options),
    openapiRoute(options, () => routes),
    welcomeRoute(options, () => routes),
  ];
  return routes;
}
