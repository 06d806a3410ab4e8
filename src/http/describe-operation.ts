import { z } from 'zod';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
  ZodOpenApiSecuritySchemeObject,
} from 'zod-openapi';
import { ERROR_CATALOGUE } from '../domain/error-catalogue.js';
import type { ErrorCode } from '../domain/errors.js';
import { describeParameters } from './describe-parameters.js';
import type { Gate } from './gate.js';
import type { Route, RouteExample } from './route.js';
import { routeErrors } from './route-errors.js';
import type { RouteReply } from './route-reply.js';
import { errorReplySchema } from './schemas/error-reply-schema.js';
import { ERRORS_PAGE_PATH } from './wire-format.js';

type Examples = Record<string, { summary: string; value: unknown }>;

/** How keys are sent, by the names that operations refer to. */
export const SECURITY_SCHEMES: Readonly<Record<string, ZodOpenApiSecuritySchemeObject>> = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A key that `fihrist keys create` made.' },
  api_key: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'The same key, for other clients.',
  },
};

/** The empty one: whether a key is asked for at all depends on the settings. */
const ANY_SCHEME = [...Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })), {}];

/** One route as OpenAPI says it. */
export function describeOperation(route: Route, gates: readonly Gate[]): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, scope, body } = route;
  const parameters = describeParameters(route);
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(scope === 'public' ? {} : { security: ANY_SCHEME }),
    ...(parameters === null ? {} : { requestParams: parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: describeBody(route) } }),
    responses: describeResponses(route, gates),
  };
}

function describeBody({ body, examples }: Route) {
  const schemas = body?.kind === 'json' ? { 'application/json': body.schema } : (body?.content ?? {});
  const types = Object.keys(schemas);
  return Object.fromEntries(
    Object.entries(schemas).map(([mediaType, schema]) => {
      const shown = examplesOf(examples, (example) =>
        (example.mediaType ?? types[0]) === mediaType ? example.body : undefined,
      );
      return [mediaType, { schema, ...shown }];
    }),
  );
}

function describeResponses(route: Route, gates: readonly Gate[]) {
  const replies = Object.entries(route.replies).map(([status, reply]) => [
    status,
    describeReply(reply, Number(status), route),
  ]);
  const responses = Object.fromEntries(replies) as Record<string, ZodOpenApiResponseObject>;
  const codes = routeErrors(route, gates);
  for (const status of new Set(codes.map((code) => String(ERROR_CATALOGUE[code].httpStatus)))) {
    const ofStatus = codes.filter((code) => String(ERROR_CATALOGUE[code].httpStatus) === status);
    responses[status] = describeErrors(ofStatus, route);
  }
  return responses as ZodOpenApiResponsesObject;
}

function describeReply({ description, content }: RouteReply, status: number, { examples }: Route) {
  const [first = ''] = Object.keys(content);
  // What is sent as lines is answered in lines.
  const typeOf = ({ mediaType = first }: RouteExample) => (mediaType in content ? mediaType : first);
  return {
    description,
    content: Object.fromEntries(
      Object.entries(content).map(([mediaType, schema]) => {
        const shown = examplesOf(examples, (example) =>
          (example.status ?? 200) === status && typeOf(example) === mediaType ? example.reply : undefined,
        );
        return [mediaType, { schema, ...shown }];
      }),
    ),
  };
}

function describeErrors(
  codes: readonly ErrorCode[],
  { replies, errorReply }: Route,
): ZodOpenApiResponseObject {
  // What else has this status: a service that is not ready answers, and says so.
  const reply = replies[ERROR_CATALOGUE[codes[0] ?? 'INTERNAL'].httpStatus];
  const reasons = codes.map(
    (code) => `[\`${code}\`](${ERRORS_PAGE_PATH}#${code.toLowerCase()}): ${ERROR_CATALOGUE[code].meaning}`,
  );
  const described = reply === undefined ? reasons : [reply.description, ...reasons];
  const declared = reply?.content['application/json'];
  const errorSchema = errorReply?.schema ?? errorReplySchema;
  const schema = declared === undefined ? errorSchema : z.union([declared, errorSchema]);
  return {
    description: described.join('\n\n'),
    content: { 'application/json': { schema } },
  };
}

function examplesOf(
  examples: Route['examples'],
  shownOf: (example: RouteExample) => unknown,
): { examples?: Examples } {
  const shown = Object.entries(examples).flatMap(([name, example]) => {
    const value = shownOf(example);
    return value === undefined ? [] : [[name, { summary: example.summary, value }] as const];
  });
  return shown.length === 0 ? {} : { examples: Object.fromEntries(shown) };
}
