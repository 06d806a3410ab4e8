import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RELATED_EXAMPLES } from '../../src/http/examples/related-examples.js';
import { SEARCH_EXAMPLES } from '../../src/http/examples/search-examples.js';
import { type RunningService, startService } from './running-program.js';

/** Processors round differently, and the examples are cut to four digits. */
const NEAR = 0.03;

/** Of the moment. */
const { took_ms, index_generation } = { took_ms: expect.any(Number), index_generation: expect.any(Number) };

/** The same, but that numbers which are no whole ones may be a little off. */
function nearly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nearly);
  if (typeof value === 'number' && !Number.isInteger(value)) return expect.toSatisfy(isNear(value));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, nearly(each)]));
}

function isNear(shown: number) {
  return (got: unknown) => typeof got === 'number' && Math.abs(got - shown) < NEAR;
}

describe('what the sample archive answers', () => {
  let folder: string;
  let service: RunningService;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-documented-'));
    service = await startService({ FIHRIST_INDEX: path.join(folder, 'index') });
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  it.each(Object.entries(SEARCH_EXAMPLES))(
    'is what the documentation shows: search, %s',
    async (_, example) => {
      const response = await fetch(`${service.url}/v1/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(example.body),
      });
      expect(await response.json()).toEqual({
        ...(nearly(example.reply) as object),
        took_ms,
        index_generation,
      });
    },
  );

  it.each(Object.entries(RELATED_EXAMPLES))(
    'is what the documentation shows: related, %s',
    async (_, example) => {
      const { limit, languages } = example.query as { limit: number; languages: string[] };
      const address = `${service.url}/v1/passages/${example.path?.id}/related?limit=${limit}&languages=${languages.join()}`;
      const reply = await (await fetch(address)).json();
      expect(reply).toEqual({ ...(nearly(example.reply) as object), took_ms, index_generation });
    },
  );
});
