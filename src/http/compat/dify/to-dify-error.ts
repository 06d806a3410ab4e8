import { z } from 'zod';
import type { ErrorCode, FihristError } from '../../../domain/errors.js';

export const difyErrorSchema = z
  .object({
    error_code: z
      .int()
      .describe(
        '1001: no key, or not in the form "Authorization: Bearer …". 1002: not a key that may search. 2001: no such knowledge. Else the HTTP status.',
      ),
    error_msg: z.string().describe('What went wrong, for people.'),
  })
  .meta({ id: 'DifyError', description: 'What went wrong, as Dify reads it.' });

const AUTHORIZATION_HEADER_INVALID = 1001;
const AUTHORIZATION_FAILED = 1002;
const KNOWLEDGE_NOT_FOUND = 2001;

/** An error in the form of Dify's external knowledge. */
export function toDifyError({ code, message, httpStatus }: FihristError): z.output<typeof difyErrorSchema> {
  return { error_code: errorCodeOf(code, httpStatus), error_msg: message };
}

function errorCodeOf(code: ErrorCode, httpStatus: number): number {
  if (code === 'COLLECTION_NOT_FOUND') return KNOWLEDGE_NOT_FOUND;
  if (code === 'KEY_MISSING') return AUTHORIZATION_HEADER_INVALID;
  return httpStatus === 401 || httpStatus === 403 ? AUTHORIZATION_FAILED : httpStatus;
}
