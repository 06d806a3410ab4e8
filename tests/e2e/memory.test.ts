import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetrics } from '../unit/telemetry/read-metrics.js';
import { type RunningService, runProgram, startService } from './running-program.js';

const MB = 2 ** 20;
const TELLING = fileURLToPath(new URL('./told-memory.cjs', import.meta.url));

interface WireError {
  readonly error: { readonly code: string; readonly message: string };
}

describe('the built program, under a memory ceiling', () => {
  let folder: string;
  let settings: Record<string, string>;
  let service: RunningService;

  const tell = async (mb: number) => {
    const file = path.join(folder, 'memory');
    await writeFile(`${file}.next`, String(mb));
    await rename(`${file}.next`, file);
    // The service looks four times a second.
    await new Promise((resolve) => setTimeout(resolve, 600));
  };
  const metrics = async () => readMetrics(await (await fetch(`${service.url}/metrics`)).text());
  const readiness = async () =>
    (await (await fetch(`${service.url}/readyz`)).json()) as Record<'reasons' | 'warnings', object[]>;
  const put = (id: string) =>
    fetch(`${service.url}/v1/articles/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        text: `The ferry ${id} leaves the old harbour at nine, and comes back at noon.`,
      }),
    });
  const ask = async () => (await service.search({ query: 'When was the lamp lit?' })).status;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-memory-'));
    settings = {
      FIHRIST_INDEX: path.join(folder, 'index'),
      FIHRIST_CORPUS: path.join(folder, 'articles'),
      FIHRIST_MAX_MEMORY_MB: '1000',
    };
    await mkdir(path.join(folder, 'articles'));
    await writeFile(path.join(folder, 'articles', 'lamp.txt'), 'The lamp\n\nThe lamp was lit in 1874.');
    await writeFile(path.join(folder, 'memory'), '500');
    const telling = { NODE_OPTIONS: `--require ${TELLING}`, TOLD_MEMORY_FILE: path.join(folder, 'memory') };
    service = await startService({ ...settings, ...telling });
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  it('keeps what was asked for while there is memory, and empties its caches when it gets tight', async () => {
    for (let i = 0; i < 2; i += 1) expect(await ask()).toBe(200);
    const before = await metrics();
    expect(before.valueOf('fihrist_memory_ceiling_bytes')).toBe(1_000 * MB);
    expect(before.valueOf('fihrist_memory_resident_bytes')).toBe(500 * MB);
    expect(before.valueOf('fihrist_cache_entries', { cache: 'queries' })).toBe(1);
    expect(before.valueOf('fihrist_cache_entries', { cache: 'results' })).toBe(1);
    await tell(900);
    const after = await metrics();
    expect(after.valueOf('fihrist_cache_entries', { cache: 'queries' })).toBe(0);
    expect(after.valueOf('fihrist_cache_entries', { cache: 'results' })).toBe(0);
    expect(after.valueOf('fihrist_memory_caches_emptied_total')).toBe(1);
    expect(await ask()).toBe(200);
    expect((await put('tern')).status).toBe(201);
    expect(await readiness()).toMatchObject({ reasons: [], warnings: [] });
  });

  it('turns writes and texts to embed away when it is short, says so, and takes them again afterwards', async () => {
    await tell(960);
    const refused = await put('gull');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(((await refused.json()) as WireError).error).toMatchObject({ code: 'MEMORY_SHORT' });
    const embeddings = await fetch(`${service.url}/v1/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'fihrist', input: ['one', 'two'] }),
    });
    expect(embeddings.status).toBe(503);
    expect(await ask()).toBe(200);
    expect(await readiness()).toMatchObject({ reasons: [], warnings: [{ code: 'MEMORY_SHORT' }] });
    expect(service.log.map(({ msg }) => String(msg))).toContainEqual(
      'memory is short: the process takes 960 MB of memory, and its ceiling is 1000 MB (FIHRIST_MAX_MEMORY_MB)',
    );
    await tell(500);
    expect((await put('gull')).status).toBe(201);
    const page = await metrics();
    expect(page.valueOf('fihrist_http_refused_requests_total', { code: 'MEMORY_SHORT' })).toBe(2);
  });

  it('lets a large batch wait, and writes all of it afterwards', async () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `${JSON.stringify({ id: `swift-${i}`, text: `Swift number ${i} nests under the roof.` })}\n`,
    );
    const sent = await fetch(`${service.url}/v1/articles`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join(''),
    });
    expect(sent.status).toBe(202);
    const taskOf = async () => {
      const reply = await fetch(`${service.url}${sent.headers.get('location')}`);
      return (await reply.json()) as { state: string; articles_done: number };
    };
    await tell(970);
    const waiting = await taskOf();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await taskOf()).toMatchObject({ state: 'running', articles_done: waiting.articles_done });
    await tell(500);
    while ((await taskOf()).state === 'running') await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await taskOf()).toMatchObject({ state: 'succeeded', counts: { created: 400, failed: 0 } });
  });

  it('turns searches away at the ceiling itself, and is not ready until it is below', async () => {
    await tell(1_001);
    expect(await ask()).toBe(503);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
    expect(await readiness()).toMatchObject({ reasons: [{ code: 'MEMORY_SHORT' }] });
    await tell(990);
    expect(await ask()).toBe(200);
    await tell(500);
    expect(await readiness()).toMatchObject({ reasons: [], warnings: [] });
  });
});

describe('the built program, on the memory that it really takes', () => {
  it('starts under a ceiling that it fits below, and not under one that the model alone is beyond', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fihrist-memory-'));
    const settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_MAX_MEMORY_MB: '900' };
    const service = await startService(settings);
    const page = readMetrics(await (await fetch(`${service.url}/metrics`)).text());
    const residentMb = page.valueOf('fihrist_memory_resident_bytes')! / MB;
    expect(residentMb).toBeGreaterThan(150);
    expect(residentMb).toBeLessThan(900);
    expect(await service.stop()).toBe(0);
    const { code, stderr } = await runProgram(['serve'], { ...settings, FIHRIST_MAX_MEMORY_MB: '300' });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /FIHRIST_MAX_MEMORY_MB is 300; the model and \d+ passages need at least \d+\. Raise it/,
    );
    await rm(folder, { recursive: true });
  });
});
