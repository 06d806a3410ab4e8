import { compile } from 'json-schema-to-typescript';
import { document, operations, type SchemaNode } from '../http/openapi-document.js';

/** Schemas that the client sends or reads, besides those that they refer to. */
const WANTED = [
  'SearchRequest',
  'SearchReply',
  'RelatedReply',
  'AnalyzeRequest',
  'AnalyzeReply',
  'AnswerRequest',
  'AnswerReply',
  'ArticleToWrite',
  'WrittenArticle',
  'ArticleResult',
  'ArticleCounts',
  'BatchEnd',
  'Article',
  'ArticleList',
  'Task',
  'TaskReply',
  'TaskList',
  'Backup',
  'BackupReply',
  'BackupList',
  'Health',
  'Readiness',
];

/** Parameters of operations, which the document has no name for. */
const PARAMETERS = {
  related: 'RelatedParameters',
  articles: 'ArticleListParameters',
  tasks: 'TaskListParameters',
};

const ERROR = 'ErrorFields';
const ERROR_CODE = 'ErrorCode';

/** The types of what goes over the wire, as TypeScript, made of the OpenAPI document. */
export async function toWireTypes(): Promise<string> {
  const schemas = { ...document.components.schemas, ...parameterSchemas(), ...errorSchemas() };
  const names = [...withReferences(WANTED, schemas), ...Object.keys(parameterSchemas()), ERROR, ERROR_CODE];
  const declarations: string[] = [];
  for (const name of names) {
    const schema = { ...(named(schemas[name], name) as object), title: name };
    declarations.push(
      await compile(schema, name, { bannerComment: '', additionalProperties: false, style: STYLE }),
    );
  }
  return `${HEAD}\n${declarations.map(withShortComments).join('\n')}`;
}

const STYLE = { singleQuote: true, printWidth: 110, trailingComma: 'all' } as const;
const HEAD = `/*
 * What goes over the wire, field by field. Made of the OpenAPI document, and so of the schemas that the service checks
 * requests by; not to be edited: \`npm run client:types\` writes it anew.
 */
`;

/**
 * A copy that refers to every other schema by its name, in the words of the place, and says nothing that types do not
 * hold: an array of at least one is an array.
 */
function named(node: unknown, self?: string): unknown {
  if (Array.isArray(node)) return node.map((item) => named(item));
  if (typeof node !== 'object' || node === null) return node;
  const { minItems: _, maxItems: __, default: ___, examples: ____, $ref, ...rest } = node as SchemaNode;
  const { description } = rest;
  const said = description === undefined ? {} : { description };
  if (typeof $ref === 'string') return { ...said, tsType: nameIn($ref) };
  if (self !== ERROR && isError(node as SchemaNode)) return { ...said, tsType: ERROR };
  if (self !== ERROR_CODE && isErrorCode(node as SchemaNode)) return { ...said, tsType: ERROR_CODE };
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, named(value)]));
}

const nameIn = (reference: string) => reference.replace('#/components/schemas/', '');
const errorOf = document.components.schemas.Error?.properties?.error;
const isError = ({ properties }: SchemaNode) =>
  properties !== undefined && JSON.stringify(properties) === JSON.stringify(errorOf?.properties);
const isErrorCode = ({ enum: codes }: SchemaNode) =>
  codes !== undefined && JSON.stringify(codes) === JSON.stringify(errorOf?.properties?.code?.enum);

function errorSchemas(): Record<string, SchemaNode> {
  if (errorOf?.properties?.code === undefined) throw new Error('the document has no form of errors');
  return { [ERROR]: errorOf, [ERROR_CODE]: errorOf.properties.code };
}

function parameterSchemas(): Record<string, SchemaNode> {
  return Object.fromEntries(
    Object.entries(PARAMETERS).map(([operationId, name]) => {
      const operation = operations.find((one) => one.operationId === operationId);
      const parameters = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const properties = Object.fromEntries(
        parameters.map(({ name: field, description = '', schema }) => [field, { ...schema, description }]),
      );
      return [name, { type: 'object', description: `What \`${operationId}\` may be asked for.`, properties }];
    }),
  );
}

/** The names, and those that their schemas refer to, each before what it refers to. */
function withReferences(
  names: readonly string[],
  schemas: Readonly<Record<string, SchemaNode>>,
  found = new Set<string>(),
): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    const references = [...JSON.stringify(schemas[name]).matchAll(/"\$ref":"([^"]+)"/g)];
    withReferences(
      references.map((match) => nameIn(match[1] ?? '')),
      schemas,
      found,
    );
  }
  return found;
}

/** A comment of one line on one line. */
function withShortComments(text: string): string {
  return text.replace(/\/\*\*\n *\* (.*)\n *\*\//g, '/** $1 */');
}
