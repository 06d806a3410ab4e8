import { Ajv2020 } from 'ajv/dist/2020.js';
import { document, operations } from './openapi-document.js';

const DOCUMENT_ID = 'openapi';

// Formats are told to programs, not checked; words that JSON Schema does not know are OpenAPI's.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(withoutOtherFields(document) as object, DOCUMENT_ID);

/** The document, with every object closed: a field that it does not name is a field that nobody documented. */
function withoutOtherFields(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutOtherFields);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withoutOtherFields(value)]),
  );
  const isObjectSchema = copy.type === 'object' && 'properties' in copy;
  return isObjectSchema && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}

export interface GivenReply {
  readonly operationId: string;
  readonly status: number;
  readonly mediaType: string;
  readonly body: unknown;
}

/** What about a reply is not as the OpenAPI document says; empty when all of it is. */
export function replyProblems({ operationId, status, mediaType, body }: GivenReply): string[] {
  const operation = operations.find((one) => one.operationId === operationId);
  const response = operation?.responses[status];
  if (response !== undefined && Object.keys(response.content ?? {}).length === 0 && body === '') return [];
  const content = response?.content?.[mediaType];
  if (content === undefined) return [`${operationId} documents no ${mediaType} with status ${status}`];
  const [path, method] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, one]) => (one === operation ? [path, method] : [])),
  );
  const pointer = ['paths', path, method, 'responses', status, 'content', mediaType, 'schema']
    .map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`${DOCUMENT_ID}#/${pointer}`);
  if (validate === undefined) return [`${operationId} has no schema of ${mediaType} with status ${status}`];
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
