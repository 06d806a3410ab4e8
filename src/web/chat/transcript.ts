import { z } from 'zod';
import type { Answer } from '../../answer/answer.js';
import type { Turn } from '../../answer/answer-request.js';
import { asArticleId } from '../../domain/article.js';
import { LANGUAGES } from '../../domain/language.js';
import { asPassageId } from '../../domain/passage.js';

/** Turns that go on with the conversation; older ones are forgotten. */
const KEPT_TURNS = 8;

const span = z.object({ start: z.int().min(0), end: z.int().min(0) });

const keptTurn = z.object({
  question: z.string(),
  status: z.enum(['answered', 'no_answer']),
  text: z.string(),
  citations: z.array(span.extend({ source: z.int() })),
  sources: z.array(
    z.object({
      number: z.int(),
      articleId: z.string().transform(asArticleId),
      passageId: z.string().transform(asPassageId),
      title: z.string(),
      language: z.enum(LANGUAGES),
      publishedAt: z.string().nullable(),
      /** The words of the passage that bear the answer out, or its best sentence. */
      quote: z.string(),
    }),
  ),
});

/** A question with its answer, as far as it is shown again when the next one is asked. */
export type KeptTurn = z.infer<typeof keptTurn>;

export const transcriptSchema = z.array(keptTurn).max(KEPT_TURNS);

/** A conversation, oldest first. */
export type Transcript = readonly KeptTurn[];

/** Of the sources only those that are cited; of an answer that is none, the nearest three. */
export function toKeptTurn(question: string, answer: Answer): KeptTurn {
  const { status, text, citations } = answer;
  const cited = new Set(citations.map(({ source }) => source));
  const sources =
    status === 'answered'
      ? answer.sources.filter(({ number }) => cited.has(number))
      : answer.sources.slice(0, 3);
  return {
    question,
    status,
    text,
    citations: citations.map(({ marker: { start, end }, source }) => ({ start, end, source })),
    sources: sources.map(({ number, passage }) => {
      const quote =
        citations.find((citation) => citation.source === number && citation.quote !== null)?.quote ??
        passage.bestSentence;
      const { articleId, title, language, publishedAt } = passage;
      return {
        number,
        articleId,
        passageId: passage.id,
        title,
        language,
        publishedAt,
        quote: passage.text.slice(quote.start, quote.end),
      };
    }),
  };
}

export function addTurn(transcript: Transcript, turn: KeptTurn): Transcript {
  return [...transcript, turn].slice(-KEPT_TURNS);
}

/** As whoever answers wants to know what was said before. */
export function toHistory(transcript: Transcript): Turn[] {
  return transcript.flatMap(({ question, text }) => [
    { role: 'user' as const, content: question },
    { role: 'assistant' as const, content: text },
  ]);
}
