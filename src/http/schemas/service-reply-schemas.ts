import { z } from 'zod';
import { READINESS_REASONS, READINESS_WARNINGS } from '../readiness.js';

/** The reply of `GET /healthz`. */
export const healthReplySchema = z
  .object({
    status: z.literal('ok').describe('Always "ok": a process that cannot answer does not answer.'),
    version: z.string().describe('Version of the program.'),
  })
  .meta({ id: 'Health', description: 'The process is alive.' });

function conditionOf<const Codes extends readonly [string, ...string[]]>(codes: Codes) {
  return z.object({
    code: z.enum(codes).describe('For programs.'),
    message: z.string().describe('A sentence for people.'),
  });
}

/** The reply of `GET /readyz`. */
export const readinessReplySchema = z
  .object({
    status: z.enum(['ready', 'not_ready']).describe('The same as the HTTP status: 200 or 503.'),
    reasons: z.array(conditionOf(READINESS_REASONS)).describe('Why it is not ready; empty when it is.'),
    warnings: z
      .array(conditionOf(READINESS_WARNINGS))
      .describe('What needs attention, though searches are answered: why the last write failed.'),
    indexing: z
      .object({
        articles_done: z.int().min(0).describe('Articles that are done.'),
        articles_total: z.int().min(0).describe('Articles that there are to do.'),
      })
      .nullable()
      .describe('How far the run that is going on is; null when none is.'),
  })
  .meta({ id: 'Readiness', description: 'Whether the index is complete, and how far it is.' });

/** The reply of `GET /`. */
export const welcomeReplySchema = z
  .object({
    name: z.literal('fihrist').describe('Name of the program.'),
    version: z.string().describe('Version of the program.'),
    endpoints: z
      .record(z.string(), z.string())
      .describe('Method and path of every route, by the name of its operation in the OpenAPI document.'),
    example: z.string().describe('A search that can be pasted into a terminal.'),
  })
  .meta({ id: 'Welcome', description: 'What there is.' });
