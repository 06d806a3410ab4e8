import type { Request, Response } from 'express';
import type { z } from 'zod';
import { readFields } from './read-fields.js';

/** A body of JSON that is read whole before the route's handler runs. */
export interface JsonBody<Value> {
  readonly kind: 'json';
  /** What the reference shows, and `read` goes by. */
  readonly schema: z.ZodType;
  /** Bytes after decompression. */
  readonly maxBytes: number;
  /** From parsed JSON to what the handler gets. @throws INVALID_REQUEST, UNKNOWN_FIELD (caller), among others */
  readonly read: (json: unknown) => Value;
}

/** A body that is read as it comes in. Its media type is checked before. */
export interface StreamBody<Value> {
  readonly kind: 'stream';
  /** What one body, or one line of it, looks like, by media type. */
  readonly content: Readonly<Record<string, z.ZodType>>;
  /**
   * Takes the body in before the handler runs, however long that takes, and makes of it what the handler gets. What it
   * leaves behind is to be cleared away when `res` emits `close`: the handler may never run. Unset: the handler reads
   * `req` itself.
   */
  readonly receive?: (req: Request, res: Response) => Promise<Value>;
}

export type RouteBody = JsonBody<unknown> | StreamBody<unknown>;

export type ValueOfBody<Body extends RouteBody> =
  Body extends JsonBody<infer Value>
    ? Value
    : Body extends { readonly receive: (req: Request, res: Response) => Promise<infer Value> }
      ? Value
      : undefined;

/** A JSON object whose fields are those of `schema` and no others. */
export function jsonFields<Schema extends z.ZodObject>(
  schema: Schema,
  maxBytes: number,
): JsonBody<z.output<Schema>> {
  return { kind: 'json', schema, maxBytes, read: (json) => readFields(json, schema) };
}
