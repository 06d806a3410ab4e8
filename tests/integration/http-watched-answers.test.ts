import { expect, it } from 'vitest';
import { answerQuestion } from '../../src/answer/answer-question.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, until } from '../unit/http/start-test-server.js';

it('gives the search of an answer a line of its own in the log when it is slow', async () => {
  const service = await startTestServer({
    slowSearches: { thresholdMs: 20, showsQuery: false },
    answer: (request, { signal, watch }) =>
      answerQuestion(
        {
          chatModel: null,
          onModelFailure: () => {},
          search: (search) =>
            watch(search, async (stages) => {
              await new Promise((resolve) => setTimeout(resolve, 30));
              stages.took('rank', 10, 12);
              return sampleResult;
            }),
        },
        request,
        signal,
      ),
  });
  const response = await fetch(`${service.url}/v1/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"question": "why do we sleep?"}',
  });
  expect(response.status).toBe(200);
  const slow = () => service.logLines.find(({ msg }) => msg === 'slow search');
  await until(() => slow() !== undefined);
  expect(slow()).toMatchObject({ status: 200, stages_ms: { rank: 2 }, search: { query_characters: 16 } });
  await service.server.close(1_000);
});
