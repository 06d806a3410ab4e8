import { z } from 'zod';

const annotationSchema = z
  .object({
    type: z.literal('url_citation').describe('The one kind there is.'),
    url_citation: z
      .object({
        start_index: z.int().min(0).describe('Where the marker begins in `content`, in UTF-16 code units.'),
        end_index: z.int().min(0).describe('Where the marker ends.'),
        title: z.string().describe('Title of the article.'),
        url: z.string().describe('Where the article was published; else the article in this service.'),
      })
      .describe('The source.'),
  })
  .meta({ id: 'UrlCitation', description: 'A source of an answer.' });

const usageSchema = z
  .object({
    prompt_tokens: z.int().min(0).describe('Tokens that the language model read.'),
    completion_tokens: z.int().min(0).describe('Tokens that it wrote, shown or not.'),
    total_tokens: z.int().min(0).describe('Both together.'),
  })
  .meta({
    id: 'ChatUsage',
    description:
      'What an answer took of the language model, as its server counts: for follow-ups, making the question stand alone too.',
  });

/** The reply of `POST /v1/chat/completions` when it is not streamed. */
export const chatReplySchema = z
  .object({
    id: z.string().describe('Name of this reply.'),
    object: z.literal('chat.completion').describe('What this is.'),
    created: z.int().describe('When, in seconds since 1970.'),
    model: z.string().describe('The name that was asked for.'),
    choices: z
      .array(
        z.object({
          index: z.literal(0).describe('Place of the choice.'),
          message: z
            .object({
              role: z.literal('assistant').describe('Who says it.'),
              content: z.string().describe('The answer, with markers such as `[1]`.'),
              refusal: z.null().describe('Always null: what is not answered is told in `content`.'),
              annotations: z
                .array(annotationSchema)
                .describe('One for each marker; sources that come nearest when there is no answer.'),
            })
            .describe('The answer.'),
          logprobs: z.null().describe('Always null.'),
          finish_reason: z.literal('stop').describe('Why it ends.'),
        }),
      )
      .describe('One.'),
    usage: usageSchema
      .optional()
      .describe(
        'Not there without a language model, and when its server did not tell of all that was asked of it.',
      ),
  })
  .meta({ id: 'ChatReply', description: "An answer in the form of OpenAI's chat completions." });
