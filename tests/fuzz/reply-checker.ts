import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type ApiDocument, listOperations } from './api-document.js';

const DOCUMENT_ID = 'openapi';

export interface GivenReply {
  readonly operationId: string;
  readonly status: number;
  readonly mediaType: string;
  readonly body: unknown;
}

/** Holds bodies against the schemas of an OpenAPI document. */
export class ReplyChecker {
  readonly #addresses: ReadonlyMap<string, readonly [path: string, method: string]>;
  readonly #document: ApiDocument;
  /** Replies may have no field that is not documented. */
  readonly #closed: Ajv2020;
  /** Requests are held against the document as it stands. */
  readonly #open: Ajv2020;

  constructor(document: ApiDocument) {
    this.#document = document;
    this.#addresses = new Map(
      listOperations(document).map(({ path, method, operation }) => [operation.operationId, [path, method]]),
    );
    this.#closed = ajvOf(withoutOtherFields(document));
    this.#open = ajvOf(document);
  }

  /** What about a reply is not as the document says; empty when all of it is. */
  replyProblems({ operationId, status, mediaType, body }: GivenReply): string[] {
    const [path = '', method = ''] = this.#addresses.get(operationId) ?? [];
    const response = this.#document.paths[path]?.[method]?.responses[status];
    if (response !== undefined && Object.keys(response.content ?? {}).length === 0 && body === '') return [];
    const content = response?.content?.[mediaType];
    if (content === undefined) return [`${operationId} documents no ${mediaType} with status ${status}`];
    const place = ['paths', path, method, 'responses', String(status), 'content', mediaType, 'schema'];
    const validate = validatorAt(this.#closed, place);
    validate(body);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** Whether a body may be sent to an operation, as far as its schema tells. */
  allowsBody(operationId: string, mediaType: string, body: unknown): boolean {
    const [path = '', method = ''] = this.#addresses.get(operationId) ?? [];
    return validatorAt(this.#open, ['paths', path, method, 'requestBody', 'content', mediaType, 'schema'])(
      body,
    );
  }
}

// Formats are told to programs, not checked; words that JSON Schema does not know are OpenAPI's.
function ajvOf(document: unknown): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document as object, DOCUMENT_ID);
  return ajv;
}

function validatorAt(ajv: Ajv2020, place: readonly string[]): ValidateFunction {
  const pointer = place
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`${DOCUMENT_ID}#/${pointer}`);
  if (validate === undefined) throw new Error(`the document has nothing at ${place.join(' ')}`);
  return validate;
}

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
