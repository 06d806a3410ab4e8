import type { z } from 'zod';
import type { Answer, Citation, Source } from '../../answer/answer.js';
import type { RankedPassage } from '../../domain/ranked-passage.js';
import type { StreamedEvent } from '../event-stream.js';
import type { AnswerStreamForm } from '../stream-answer.js';
import { toWireError } from '../wire-format.js';
import type { chatReplySchema } from './chat-reply-schema.js';
import type { ChatBody } from './parse-chat-body.js';

/** What a reply is known by, and how its sources are linked. */
export interface ChatReplyFacts {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly linkOf: (passage: RankedPassage) => string;
}

/** Sources that are named when nothing is cited, since there is no answer. */
const NEAREST = 3;

export function toChatReply(answer: Answer, facts: ChatReplyFacts): z.infer<typeof chatReplySchema> {
  const { id, created, model } = facts;
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.text,
          refusal: null,
          annotations: [
            ...answer.citations.map((citation) => citedAnnotation(citation, answer.sources, facts)),
            ...nearestAnnotations(answer, facts),
          ],
        },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    ...usageOf(answer),
  };
}

/** The stream of `POST /v1/chat/completions`: text and annotations as deltas, then `[DONE]`. */
export function chatStreamForm(
  facts: ChatReplyFacts,
  { includeUsage }: Pick<ChatBody, 'includeUsage'>,
): AnswerStreamForm {
  const { id, created, model } = facts;
  const head = { id, object: 'chat.completion.chunk', created, model };
  const chunk = (delta: unknown, finishReason: 'stop' | null = null): StreamedEvent => ({
    data: JSON.stringify({
      ...head,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage ? { usage: null } : {}),
    }),
  });
  let sources: readonly Source[] = [];
  return {
    toEvents: (event) => {
      switch (event.kind) {
        case 'sources':
          sources = event.sources;
          return [chunk({ role: 'assistant', content: '' })];
        case 'text':
          return [chunk({ content: event.text })];
        case 'citation':
          return [chunk({ annotations: [citedAnnotation(event.citation, sources, facts)] })];
        case 'final': {
          const nearest = nearestAnnotations(event.answer, facts);
          return [
            ...(nearest.length === 0 ? [] : [chunk({ annotations: nearest })]),
            chunk({}, 'stop'),
            ...(includeUsage && event.answer.usage !== null
              ? [{ data: JSON.stringify({ ...head, choices: [], ...usageOf(event.answer) }) }]
              : []),
            { data: '[DONE]' },
          ];
        }
      }
    },
    toErrorEvents: (error) => [{ data: JSON.stringify(toWireError(error)) }],
  };
}

/** Nothing when it is not known: a number would be taken for one that was counted. */
function usageOf({ usage }: Answer): Pick<z.infer<typeof chatReplySchema>, 'usage'> {
  if (usage === null) return {};
  const { promptTokens, completionTokens } = usage;
  return {
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

function citedAnnotation(citation: Citation, sources: readonly Source[], facts: ChatReplyFacts) {
  const source = sources.find(({ number }) => number === citation.source);
  if (source === undefined) throw new Error(`a citation names source ${citation.source}, which there is not`);
  return annotation(source, citation.marker, facts);
}

/** Where no marker stands, the whole text is what they belong to. */
function nearestAnnotations({ status, text, sources }: Answer, facts: ChatReplyFacts) {
  if (status === 'answered') return [];
  return sources.slice(0, NEAREST).map((source) => annotation(source, { start: 0, end: text.length }, facts));
}

function annotation(
  { passage }: Source,
  { start, end }: { start: number; end: number },
  { linkOf }: ChatReplyFacts,
) {
  const { title } = passage;
  return {
    type: 'url_citation' as const,
    url_citation: {
      start_index: start,
      end_index: end,
      title: title === '' ? passage.articleId : title,
      url: linkOf(passage),
    },
  };
}
