import { z } from 'zod';
import { describeField } from '../../describe-field.js';

/** As with OpenAI. */
const MAX_TEXTS = 2_048;

const text = z.string().regex(/\S/);

/** The body of `POST /v1/embeddings`. Fields that may be left out may be null, too: some clients send them so. */
export const embeddingsBodySchema = z
  .object({
    input: describeField(z.union([text, z.array(text).min(1).max(MAX_TEXTS)]), {
      allowed:
        `a text or an array of 1 to ${MAX_TEXTS} texts, none of them empty ` +
        '(numbers of tokens are not taken: they are those of another model)',
      meaning: 'What is to be embedded.',
    }),
    model: describeField(z.string(), {
      allowed: 'the name of a model that GET /v1/models lists',
      meaning: 'Name of the model.',
    }),
    encoding_format: describeField(z.enum(['float', 'base64']).nullish(), {
      allowed: '"float" or "base64"',
      meaning:
        'How a vector is written: as numbers, or as the base64 of its 32-bit floats, little-endian. Default: float.',
    }),
    dimensions: describeField(z.int().nullish(), {
      allowed: "the model's own number of dimensions",
      meaning:
        'Length of the vectors. There is one length only; this is for clients that insist on saying it.',
    }),
    input_type: describeField(z.enum(['query', 'passage']).nullish(), {
      allowed: '"query" or "passage"',
      meaning:
        'What the texts are: questions, or passages that are to be found. The model embeds them differently. Not of OpenAI. Default: passage.',
    }),
    user: describeField(z.string().nullish(), {
      allowed: 'a string',
      meaning: 'Changes nothing.',
    }),
  })
  .meta({ id: 'EmbeddingsRequest', description: 'Texts to be embedded, as OpenAI takes them.' });

export type EmbeddingsBody = z.output<typeof embeddingsBodySchema>;
