import type { z } from 'zod';
import { directionOf } from '../domain/language.js';
import { toReplyHit } from '../search/search-reply.js';
import type { Answer, Citation, Source } from './answer.js';
import type { answerReplySchema, citationSchema, sourceSchema } from './answer-reply-schema.js';

/** An answer as every front door writes it. */
export type AnswerReply = z.infer<typeof answerReplySchema>;

/** @param tookMs  From the request to the whole answer, as the front door measured it. */
export function toAnswerReply(answer: Answer, tookMs: number): AnswerReply {
  const { search } = answer;
  return {
    status: answer.status,
    method: answer.method,
    fallback: answer.fallback,
    language: answer.language,
    dir: directionOf(answer.language),
    text: answer.text,
    citations: answer.citations.map(toReplyCitation),
    sources: answer.sources.map(toReplySource),
    standalone_question: answer.standaloneQuestion,
    answerable: search.answerability?.answerable ?? null,
    answer_probability: search.answerability?.probability ?? null,
    took_ms: Math.round(tookMs * 10) / 10,
    index_generation: search.indexGeneration,
    model_fingerprint: search.modelFingerprint,
  };
}

export function toReplyCitation(citation: Citation): z.infer<typeof citationSchema> {
  const { start, end, marker, source, passageId, quote, verified } = citation;
  return {
    start,
    end,
    marker: { start: marker.start, end: marker.end },
    source,
    passage_id: passageId,
    quote: quote === null ? null : { start: quote.start, end: quote.end },
    verified,
  };
}

export function toReplySource({ number, passage }: Source): z.infer<typeof sourceSchema> {
  return { ...toReplyHit(passage), number };
}
