import { z } from 'zod';

export const modelsReplySchema = z
  .object({
    object: z.literal('list').describe('What this is, for clients that look.'),
    data: z
      .array(
        z.object({
          id: z.string().describe('What the model can be asked for by.'),
          object: z.literal('model').describe('What this is, for clients that look.'),
          created: z.int().describe('Always 0: when the model was made is not known.'),
          owned_by: z.literal('fihrist').describe('Always "fihrist".'),
        }),
      )
      .describe('One model, by each of its names.'),
  })
  .meta({ id: 'ModelsReply', description: 'The names of the embedding model, as OpenAI lists models.' });

/** @param names  Of the one model there is; each once. */
export function toModelsReply(names: readonly string[]): z.output<typeof modelsReplySchema> {
  return {
    object: 'list',
    data: [...new Set(names)].map((id) => ({ id, object: 'model', created: 0, owned_by: 'fihrist' })),
  };
}
