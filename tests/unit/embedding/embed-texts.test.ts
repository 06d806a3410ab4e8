import { describe, expect, test } from 'vitest';
import type { TextRole } from '../../../src/domain/embedding.js';
import { type Centring, centre, NO_CENTRING } from '../../../src/embedding/centring.js';
import { embedTexts } from '../../../src/embedding/embed-texts.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';

const texts = Array.from({ length: 150 }, (_, i) => (i % 2 === 0 ? `text ${i}` : `نص ${i}`));
const options = (role: TextRole) => ({ role, signal: new AbortController().signal });

class WatchedEmbedder extends FakeEmbedder {
  readonly batches: Array<readonly [role: TextRole, size: number]> = [];

  override embedQueries(batch: readonly string[], signal?: AbortSignal) {
    this.batches.push(['query', batch.length]);
    return super.embedQueries(batch, signal);
  }

  override async embedPassages(batch: readonly string[], signal?: AbortSignal) {
    this.batches.push(['passage', batch.length]);
    return super.embedQueries(batch, signal);
  }
}

describe('embedTexts', () => {
  test('gives one vector a text, in order, in batches that the embedder wants', async () => {
    const embedder = new WatchedEmbedder();
    const embedded = await embedTexts({ embedder, centring: NO_CENTRING }, texts, options('passage'));
    expect(embedded).toEqual(await new FakeEmbedder().embedQueries(texts));
    expect(embedder.batches).toEqual([
      ['passage', 64],
      ['passage', 64],
      ['passage', 22],
    ]);
  });

  test('hands over few queries at once, so that a search does not wait for all', async () => {
    const embedder = new WatchedEmbedder();
    await embedTexts({ embedder, centring: NO_CENTRING }, texts, options('query'));
    expect(embedder.batches).toHaveLength(19);
    expect(Math.max(...embedder.batches.map(([, size]) => size))).toBe(8);
  });

  test('centres each by its language and role, as what is searched is centred', async () => {
    const embedder = new FakeEmbedder({ dimensions: 4 });
    const means = { ar: Float32Array.of(0.1, 0, 0, 0), en: Float32Array.of(0, 0.2, 0, 0) };
    const asked = new Set<string>();
    const centring: Centring = {
      id: 'test',
      mean: (language, role) => {
        asked.add(role);
        return means[language];
      },
    };
    const [en, ar] = await embedTexts({ embedder, centring }, ['sleep', 'نوم'], options('query'));
    const [rawEn, rawAr] = await embedder.embedQueries(['sleep', 'نوم']);
    expect(en).toEqual(centre(rawEn!, means.en));
    expect(ar).toEqual(centre(rawAr!, means.ar));
    expect([...asked]).toEqual(['query']);
  });

  test('stops between batches when nobody waits any more', async () => {
    const controller = new AbortController();
    const embedder = new WatchedEmbedder();
    const stopping = embedTexts({ embedder, centring: NO_CENTRING }, texts, {
      role: 'passage',
      signal: controller.signal,
    });
    controller.abort();
    await expect(stopping).rejects.toThrow();
    expect(embedder.batches.length).toBeLessThan(3);
  });
});
