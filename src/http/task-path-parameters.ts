import { z } from 'zod';
import { describeField } from './describe-field.js';

/** The path of one task. */
export const taskPathParameters = z.object({
  id: describeField(z.string().min(1), {
    allowed: 'the id of a task',
    meaning: 'Id of the task, as the reply with status 202 tells it.',
  }),
});
