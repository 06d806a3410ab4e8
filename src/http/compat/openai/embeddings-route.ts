import { MODEL_ERRORS } from '../../archive-errors.js';
import type { HttpServerOptions } from '../../http-server-options.js';
import { defineRoute, type Route } from '../../route.js';
import { jsonFields } from '../../route-body.js';
import { jsonReply } from '../../route-reply.js';
import { sendJson } from '../../send-json.js';
import type { InterfacesOptions } from '../interfaces-options.js';
import { embedInput } from './embed-input.js';
import { embeddingsBodySchema } from './embeddings-body-schema.js';
import { embeddingsReplySchema, toEmbeddingsReply } from './to-embeddings-reply.js';

export function embeddingsRoute({
  maxBodyBytes,
  embeddingModel,
  modelAliases,
}: Pick<HttpServerOptions, 'maxBodyBytes'> &
  Pick<InterfacesOptions, 'embeddingModel' | 'modelAliases'>): Route {
  return defineRoute({
    method: 'post',
    path: '/v1/embeddings',
    operationId: 'createEmbeddings',
    tag: 'interfaces',
    summary: 'Embed texts, as OpenAI does',
    description:
      'Gives the vectors of texts, made by the model that the archive is searched with: Arabic and English texts of ' +
      'the same meaning lie close together. They have length 1, so that the cosine of two is their dot product. A ' +
      'text with more tokens than the model reads is refused.',
    scope: 'search',
    lane: 'embedding',
    body: jsonFields(embeddingsBodySchema, maxBodyBytes),
    replies: { 200: jsonReply('The vectors.', embeddingsReplySchema) },
    errors: [...MODEL_ERRORS, 'NOT_READY', 'MODEL_NAME_UNKNOWN', 'TEXT_TOO_LONG'],
    examples: {
      passages: {
        summary: 'Two passages',
        body: { model: 'fihrist', input: ['النوم يثبّت الذاكرة.', 'Sleep fixes memories.'] },
      },
      question: {
        summary: 'A question, as base64',
        body: {
          model: 'fihrist',
          input: 'لماذا ننام؟',
          input_type: 'query',
          encoding_format: 'base64',
        },
      },
    },
    handle: async ({ res, body, access }) => {
      const model = embeddingModel();
      const embedded = await embedInput({ model, aliases: modelAliases }, body, access.signal);
      res.setHeader('cache-control', 'no-store');
      const format = body.encoding_format ?? 'float';
      sendJson(res, 200, toEmbeddingsReply(embedded, { model: body.model, format }));
    },
  });
}
