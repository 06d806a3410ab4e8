import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram, startService } from './running-program.js';

const SHIPPED = 'models/fihrist-e5-small';
const DIMENSIONS = 384;

const ARTICLE = `The lighthouse

The lighthouse on the cape was lit for the first time in 1871. Its lamp burned whale oil until a keeper named Ilse
Brandt replaced it with petroleum, which was cheaper and gave less smoke.

After the railway came, the keepers were paid by the month and their families moved to the town.`;

/** A copy of the shipped model whose card is changed. */
async function modelLikeShipped(folder: string, change: (card: Record<string, unknown>) => Promise<void>) {
  await cp(SHIPPED, folder, { recursive: true });
  const file = path.join(folder, 'model-card.json');
  const card: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  await change(card);
  await writeFile(file, JSON.stringify(card));
}

describe('an archive whose model is changed', () => {
  let folder: string;
  let settings: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-models-'));
    const corpus = path.join(folder, 'lighthouse.txt');
    await writeFile(corpus, ARTICLE);
    settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_CORPUS: corpus };
    await (await startService(settings)).stop();
  });
  afterAll(() => rm(folder, { recursive: true }));

  const ask = async (model: string) => {
    const service = await startService({ ...settings, FIHRIST_MODEL: model });
    const { body } = await service.search({ query: 'When was the lighthouse first lit?' });
    await service.stop();
    return { textsEmbedded: service.textsEmbedded, hits: body.hits };
  };

  it('takes centres from the card without embedding anything again', async () => {
    const model = path.join(folder, 'centred');
    await modelLikeShipped(model, async (card) => {
      const mean = Array.from({ length: DIMENSIONS }, (_, i) => (i % 7) / 200);
      const roles = { query: mean, passage: mean, sentence: mean };
      const centres = JSON.stringify({ dimensions: DIMENSIONS, centres: { ar: roles, en: roles } });
      await writeFile(path.join(model, 'centres.json'), centres);
      card.centring = 'centres.json';
      (card.files as object[]).push({
        path: 'centres.json',
        sizeBytes: Buffer.byteLength(centres),
        sha256: createHash('sha256').update(centres).digest('hex'),
      });
    });
    const plain = await ask(SHIPPED);
    const centred = await ask(model);
    expect(centred.textsEmbedded).toBe(0);
    expect(centred.hits[0]?.text).toContain('1871');
    expect(centred.hits[0]?.score).not.toBeCloseTo(plain.hits[0]!.score, 4);
  });

  it('is embedded again when the model reads texts another way, and back again', async () => {
    const model = path.join(folder, 'otherwise-prefixed');
    await modelLikeShipped(model, async (card) => {
      card.prefixes = { query: 'query: ', passage: 'query: ' };
    });
    const other = await ask(model);
    expect(other.textsEmbedded).toBeGreaterThan(0);
    expect(other.hits[0]?.text).toContain('1871');
    const back = await ask(SHIPPED);
    expect(back.textsEmbedded).toBe(other.textsEmbedded);
    expect(back.hits[0]?.text).toContain('1871');
  });

  it('is embedded by another model beside the running service, which writes; the start only switches, also back', async () => {
    const model = path.join(folder, 'beside');
    await modelLikeShipped(model, async (card) => {
      card.name = 'beside';
    });
    const service = await startService({ ...settings, FIHRIST_MODEL: SHIPPED });
    const put = (id: string, text: string) =>
      fetch(`${service.url}/v1/articles/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title: id, text }),
      });
    await put('ferry', 'The ferry to the island leaves at nine in the morning and returns at dusk.');
    await put('tram', 'The tram was closed in 1961, and its rails are still in the pavement.');
    const made = await runProgram(['reembed', '--model', model, '--json'], settings);
    expect([made.code, JSON.parse(made.stdout)]).toEqual([
      0,
      expect.objectContaining({
        served: false,
        edition: expect.objectContaining({ articles: 3, passages_left: 0 }),
      }),
    ]);
    expect((await service.search({ query: 'When does the ferry leave?' })).body.hits[0]?.article_id).toBe(
      'ferry',
    );
    await put('windmill', 'The windmill on the hill has ground barley since the spring of 1790.');
    await fetch(`${service.url}/v1/articles/tram`, { method: 'DELETE' });
    await service.stop();

    const switched = await startService({ ...settings, FIHRIST_MODEL: model });
    const articles = async (url: string) => {
      const list = (await (await fetch(`${url}/v1/articles`)).json()) as { articles: Array<{ id: string }> };
      return list.articles.map(({ id }) => id);
    };
    expect(switched.textsEmbedded).toBe(0);
    expect(switched.log).toContainEqual(
      expect.objectContaining({
        msg: 'the edition has all of the archive and is in its place',
        written: 1,
        removed: 1,
      }),
    );
    expect(await articles(switched.url)).toEqual(['ferry', 'lighthouse', 'windmill']);
    expect((await switched.search({ query: 'Which mill grinds barley?' })).body.hits[0]?.article_id).toBe(
      'windmill',
    );
    await fetch(`${switched.url}/v1/articles/ferry`, { method: 'DELETE' });
    const stats = await runProgram(['stats', '--json'], { ...settings, FIHRIST_MODEL: model });
    expect(JSON.parse(stats.stdout).editions).toMatchObject([{ edition: 'previous', articles: 3 }]);
    await switched.stop();

    const back = await startService({ ...settings, FIHRIST_MODEL: SHIPPED });
    expect(back.textsEmbedded).toBe(0);
    expect(await articles(back.url)).toEqual(['lighthouse', 'windmill']);
    expect((await back.search({ query: 'When was the lighthouse first lit?' })).body.hits[0]?.text).toContain(
      '1871',
    );
    await back.stop();
  });
});
