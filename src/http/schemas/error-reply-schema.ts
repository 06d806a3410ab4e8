import { z } from 'zod';
import { ERROR_CATALOGUE, type ErrorCode } from '../../domain/errors.js';

const codes = Object.keys(ERROR_CATALOGUE) as [ErrorCode, ...ErrorCode[]];

/** The reply of everything that goes wrong. */
export const errorReplySchema = z
  .object({
    error: z.object({
      code: z
        .enum(codes)
        .describe('What went wrong, from a closed list. Programs should look at this alone.'),
      message: z.string().describe('One or two sentences for people. The wording may change.'),
      type: z
        .enum(['caller', 'operator', 'bug'])
        .describe(
          'Whose fault it is: "caller" (change the request), "operator" (change the installation, or wait), "bug" (report it).',
        ),
      details: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
        .describe('Facts for programs: the field, what is allowed, the value that was sent. May be empty.'),
      link: z.string().describe('Where the code is explained, relative to the address of the service.'),
    }),
  })
  .meta({ id: 'Error', description: 'What went wrong, and what to do about it.' });
