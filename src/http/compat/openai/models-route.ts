import { defineRoute, type Route } from '../../route.js';
import { jsonReply } from '../../route-reply.js';
import { sendJson } from '../../send-json.js';
import type { InterfacesOptions } from '../interfaces-options.js';
import { modelsReplySchema, toModelsReply } from './to-models-reply.js';

export function modelsRoute({
  embeddingModel,
  modelAliases,
}: Pick<InterfacesOptions, 'embeddingModel' | 'modelAliases'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/models',
    operationId: 'listModels',
    tag: 'interfaces',
    summary: 'List models, as OpenAI does',
    description: 'Gives the names that the embedding model can be asked for by. There is one model.',
    scope: 'search',
    lane: 'light',
    replies: { 200: jsonReply('The names.', modelsReplySchema) },
    errors: ['NOT_READY'],
    examples: { list: { summary: 'The names of the model' } },
    handle: ({ res }) => {
      const reply = toModelsReply([embeddingModel().name, ...modelAliases]);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, reply);
    },
  });
}
