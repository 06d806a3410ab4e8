import type { Answer, AnswerEvent } from './answer.js';

/** Waits for the whole of an answer. @throws what making it throws */
export async function wholeAnswer(events: AsyncIterable<AnswerEvent>): Promise<Answer> {
  let answer: Answer | null = null;
  for await (const event of events) if (event.kind === 'final') answer = event.answer;
  if (answer === null) throw new Error('an answer ended without its final event');
  return answer;
}
