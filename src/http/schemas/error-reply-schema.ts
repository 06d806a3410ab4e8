import { z } from 'zod';
import { ERROR_CATALOGUE } from '../../domain/error-catalogue.js';
import type { ErrorCode } from '../../domain/errors.js';

const codes = Object.keys(ERROR_CATALOGUE) as [ErrorCode, ...ErrorCode[]];

/** The reply of everything that goes wrong. */
export const errorReplySchema = z
  .object({
    error: z
      .object({
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
      })
      .describe('What went wrong.'),
  })
  .meta({
    id: 'Error',
    description: 'The reply of everything that goes wrong.',
    examples: [
      {
        error: {
          code: 'INVALID_REQUEST',
          message: 'limit must be a whole number from 1 to 100, not 500.',
          type: 'caller',
          details: { field: 'limit', allowed: 'a whole number from 1 to 100', value: 500 },
          link: '/docs/errors#invalid_request',
        },
      },
    ],
  });
