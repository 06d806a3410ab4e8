import { describe, expect, test } from 'vitest';
import type { FihristClient } from '../../../src/client/fihrist-client.js';
import { routes } from '../http/openapi-document.js';
import { collect, json, scriptedClient, streamed } from './scripted-fetch.js';

/** What a client calls each route by, with a reply that will do. */
const CALLS: Readonly<Record<string, readonly [(client: FihristClient) => Promise<unknown>, Response]>> = {
  search: [(client) => client.search({ query: 'x' }), json({})],
  analyze: [(client) => client.analyze({ text: 'x' }), json({})],
  related: [(client) => client.related('a:1'), json({})],
  answer: [(client) => client.answer({ question: 'x' }), json({})],
  addArticles: [
    (client) => client.addArticles([{ text: 'x' }]),
    streamed(['{"index":0,"id":"a","status":"created"}\n{"counts":{}}\n']),
  ],
  articles: [(client) => collect(client.listArticles()), json({ articles: [], next_cursor: null })],
  putArticle: [(client) => client.putArticle('a', { text: 'x' }), json({})],
  article: [(client) => client.getArticle('a'), json({})],
  deleteArticle: [(client) => client.deleteArticle('a'), new Response(null, { status: 204 })],
  tasks: [(client) => collect(client.listTasks()), json({ tasks: [], next_cursor: null })],
  task: [(client) => client.getTask('t'), json({})],
  cancelTask: [(client) => client.cancelTask('t'), json({})],
  createBackup: [(client) => client.createBackup(), json({ backup: {} })],
  backups: [(client) => client.listBackups(), json({ backups: [] })],
  backup: [(client) => client.getBackup('b'), json({})],
  deleteBackup: [(client) => client.deleteBackup('b'), new Response(null, { status: 204 })],
  health: [(client) => client.health(), json({})],
  readiness: [(client) => client.readiness(), json({ reasons: [] })],
};

/** Routes that the client leaves alone, and who calls them. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  chatCompletions: 'clients of OpenAI',
  chatUi: 'the Vercel AI SDK',
  metrics: 'Prometheus',
  openapi: 'generators of clients',
  welcome: 'people who look around',
  docs: 'browsers',
  docsViewer: 'browsers',
  errors: 'browsers',
};

describe('every route of the OpenAPI document', () => {
  test('is called by a method of the client, or is for others by name', () => {
    const own = routes.filter(({ tag }) => tag !== 'interfaces').map(({ operationId }) => operationId);
    expect(own.sort()).toEqual([...Object.keys(CALLS), ...Object.keys(OF_OTHERS)].sort());
  });

  test.each(Object.entries(CALLS))('is reached where it is: %s', async (operationId, [call, reply]) => {
    const { client, requests } = scriptedClient([reply]);
    await call(client);
    const route = routes.find((one) => one.operationId === operationId)!;
    const [request] = requests;
    const place = new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`);
    expect(request?.method).toBe(route.method.toUpperCase());
    expect(request?.target).toMatch(place);
    if (route.body === undefined) return;
    const types = route.body.kind === 'json' ? ['application/json'] : Object.keys(route.body.content);
    expect(types).toContain(request?.headers['content-type']);
  });
});
