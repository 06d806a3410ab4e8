import type { Answer, Source } from '../../answer/answer.js';
import { toReplyCitation } from '../../answer/answer-reply.js';
import type { StreamedEvent } from '../event-stream.js';
import type { AnswerStreamForm } from '../stream-answer.js';

/** Sources that are named when nothing is cited, since there is no answer. */
const NEAREST = 3;

/**
 * The UI message stream of the Vercel AI SDK, version 1. A source is told when it is first cited; where in the text, and
 * by which words, in a part of type `data-citation`.
 * @param messageId  Unique: the client knows the message by it.
 */
export function uiStreamForm(messageId: string): AnswerStreamForm {
  const part = (value: unknown): StreamedEvent => ({ data: JSON.stringify(value) });
  const textId = `${messageId}-text`;
  const told = new Set<number>();
  let sources: readonly Source[] = [];
  let isWriting = false;
  const tell = (number: number) => {
    const source = sources.find((one) => one.number === number);
    if (source === undefined || told.has(number)) return [];
    told.add(number);
    return [part(sourcePart(source))];
  };
  return {
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    toEvents: (event) => {
      switch (event.kind) {
        case 'sources':
          sources = event.sources;
          return [part({ type: 'start', messageId })];
        case 'text': {
          const opening = isWriting ? [] : [part({ type: 'text-start', id: textId })];
          isWriting = true;
          return [...opening, part({ type: 'text-delta', id: textId, delta: event.text })];
        }
        case 'citation':
          return [
            ...tell(event.citation.source),
            part({ type: 'data-citation', data: toReplyCitation(event.citation) }),
          ];
        case 'final':
          return [
            ...(isWriting ? [part({ type: 'text-end', id: textId })] : []),
            ...uncited(event.answer).flatMap(tell),
            part({ type: 'data-answer', data: factsOf(event.answer) }),
            part({ type: 'finish' }),
            { data: '[DONE]' },
          ];
      }
    },
    toErrorEvents: (error) => [part({ type: 'error', errorText: error.message }), { data: '[DONE]' }],
  };
}

function sourcePart({ passage }: Source) {
  const { id, url, title, articleId } = passage;
  const shown = title === '' ? articleId : title;
  return url === null
    ? { type: 'source-document', sourceId: id, mediaType: 'text/plain', title: shown }
    : { type: 'source-url', sourceId: id, url, title: shown };
}

function uncited({ status, sources }: Answer): number[] {
  return status === 'answered' ? [] : sources.slice(0, NEAREST).map(({ number }) => number);
}

function factsOf({ status, method, fallback, standaloneQuestion, language }: Answer) {
  return { status, method, fallback, standalone_question: standaloneQuestion, language };
}
