import { z } from 'zod';
import { describeField } from './describe-field.js';

/** The path of one backup. */
export const backupPathParameters = z.object({
  id: describeField(z.string().min(1), {
    allowed: 'the id of a backup',
    meaning: 'Id of the backup, as the reply with status 202 tells it.',
  }),
});
