import { toAnswerReply, toReplyCitation, toReplySource } from '../../answer/answer-reply.js';
import type { AnswerStreamForm } from '../stream-answer.js';
import { toWireError } from '../wire-format.js';

/** The stream of `POST /v1/answer`. @param startedAt  What `took_ms` counts from. */
export function answerStreamForm(startedAt: number): AnswerStreamForm {
  const named = (event: string, data: unknown) => [{ event, data: JSON.stringify(data) }];
  return {
    toEvents: (event) => {
      switch (event.kind) {
        case 'sources':
          return named('sources', {
            sources: event.sources.map(toReplySource),
            standalone_question: event.standaloneQuestion,
          });
        case 'text':
          return named('text', { text: event.text });
        case 'citation':
          return named('citation', toReplyCitation(event.citation));
        case 'final':
          return named('final', toAnswerReply(event.answer, performance.now() - startedAt));
      }
    },
    toErrorEvents: (error) => named('error', toWireError(error)),
  };
}
