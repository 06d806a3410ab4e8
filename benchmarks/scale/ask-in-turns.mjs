import { openConnection } from '../load/one-connection.mjs';
import { QUESTIONS } from './workloads.mjs';

/**
 * Asks questions, one after the other, in turns with the model's bare forward pass of the same question: what else the
 * machine does meets both.
 * @param {{ url: string }} service
 * @param {{ timeForwardPass: Function }} model
 * @param {{ rounds: number, extra?: object, questions?: string[] }} options  `extra`: beside `query` in each request.
 *   `questions`, default: those of the sample archive.
 * @returns {Promise<{ asked: number[], bare: number[] }>} Milliseconds
 */
export async function askInTurns(service, model, { rounds, extra = {}, questions = QUESTIONS }) {
  const connection = openConnection(Number(new URL(service.url).port));
  const asked = [];
  const bare = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of questions) {
      const [forward] = await model.timeForwardPass(query, 'query', 1);
      const { status, tookMs, reply } = await connection.ask({ query, ...extra });
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(reply)}`);
      asked.push(tookMs);
      bare.push(forward);
    }
  }
  connection.close();
  return { asked, bare };
}
