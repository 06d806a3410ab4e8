import type { z } from 'zod';

/** A reply that is no error. */
export interface RouteReply {
  /** One sentence. */
  readonly description: string;
  /** What the body looks like, by media type; empty when there is none. */
  readonly content: Readonly<Record<string, z.ZodType>>;
}

export function jsonReply(description: string, schema: z.ZodType): RouteReply {
  return { description, content: { 'application/json': schema } };
}
