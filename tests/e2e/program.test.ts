import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, runProgram, startService } from './running-program.js';

const BRIDGE = `The old bridge

The stone bridge over the river was finished in 1566 after nine years of work by the builder Hayruddin. It has a
single arch of about thirty metres, and for four centuries carts, soldiers and wedding parties crossed it.

Every summer young divers jump from its highest point into the cold green water below. The first written record
of a jump is from 1664, and a formal competition has been held since 1968.`;

const MUSEUM = `متحف النسيج

افتُتح متحف النسيج في بيت تاجر حرير قديم عام 1984، ويضم أكثر من ألفي قطعة من السجاد والمطرزات جمعتها الأسرة على
مدى ثلاثة أجيال، أقدمها عباءة من الصوف يعود تاريخها إلى القرن السابع عشر.

يعلّم المتحف الزوار النسج على النول اليدوي كل يوم خميس، ويستقبل طلاب المدارس مجانًا طوال السنة الدراسية.`;

describe('the built program, on a small archive', () => {
  let folder: string;
  let settings: Record<string, string>;
  let service: RunningService;
  const corpus = () => path.join(folder, 'articles');

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-e2e-'));
    settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_CORPUS: corpus() };
    await mkdir(corpus(), { recursive: true });
    await writeFile(path.join(corpus(), 'bridge.txt'), BRIDGE);
    await writeFile(path.join(corpus(), 'museum.txt'), MUSEUM);
    service = await startService(settings);
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  it('indexes the folder at the first start', () => {
    expect(service).toMatchObject({ added: 2, removed: 0 });
    expect(service.textsEmbedded).toBeGreaterThan(0);
  });

  it.each([
    ['English about English', 'When did the diving contest become official?', 'bridge', 'en', '1968'],
    ['Arabic about Arabic', 'في أي يوم يمكن تعلم النسج؟', 'museum', 'ar', 'الخميس|خميس'],
    ['Arabic about English', 'من الذي بنى الجسر الحجري؟', 'bridge', 'en', 'Hayruddin'],
    [
      'English about Arabic',
      'How old is the oldest cloak in the textile museum?',
      'museum',
      'ar',
      'السابع عشر',
    ],
  ])(
    'answers a question in %s with the sentence that answers',
    async (_, query, article, language, answer) => {
      const { status, body } = await service.search({ query });
      expect(status).toBe(200);
      const hit = body.hits[0]!;
      expect(hit).toMatchObject({ article_id: article, language, dir: language === 'ar' ? 'rtl' : 'ltr' });
      expect(hit.text.slice(hit.best_sentence.start, hit.best_sentence.end)).toMatch(new RegExp(answer));
    },
  );

  it('finds passages of the wanted languages only', async () => {
    const { body } = await service.search({ query: 'the stone bridge', languages: ['ar'] });
    expect(body.hits.length).toBeGreaterThan(0);
    expect(new Set(body.hits.map((hit) => hit.language))).toEqual(new Set(['ar']));
    expect(body.total).toBe(body.hits.length);
  });

  it('gives the same page in pieces as in one', async () => {
    const whole = (await service.search({ query: 'museum', limit: 4 })).body.hits.map((hit) => hit.id);
    const pieces = [];
    for (const offset of [0, 2]) {
      pieces.push(
        ...(await service.search({ query: 'museum', limit: 2, offset })).body.hits.map((hit) => hit.id),
      );
    }
    expect(pieces).toEqual(whole);
  });

  it('gives the same bytes for the same request, but for the time it took', async () => {
    const ask = async () => ({ ...(await service.search({ query: 'old bridge' })).body, took_ms: 0 });
    expect(JSON.stringify(await ask())).toBe(JSON.stringify(await ask()));
  });

  it('comes with the pages that describe it', async () => {
    const viewer = await (await fetch(`${service.url}/docs/viewer.js`)).text();
    expect(viewer).toContain('openapi-explorer');
    const errors = await fetch(`${service.url}/docs/errors`, { headers: { accept: 'text/html' } });
    expect(await errors.text()).toContain(' id="article_not_found"');
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toContain('/v1/search');
  });

  it('shows an article with its passages', async () => {
    const response = await fetch(`${service.url}/v1/articles/museum`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: 'museum',
      title: 'متحف النسيج',
      language: 'ar',
      dir: 'rtl',
    });
  });

  it('refuses a second service on the same index, naming the process that holds it', async () => {
    const { code, stderr } = await runProgram(['serve'], { ...settings, FIHRIST_PORT: '0' });
    expect(code).toBe(3);
    expect(stderr).toContain('STORE_LOCKED');
    expect(stderr).toContain(String(service.process.pid));
  });

  it('answers a search from the command line while the service runs', async () => {
    const { code, stdout } = await runProgram(['search', 'who built the bridge', '--json'], settings);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).hits[0]).toMatchObject({ article_id: 'bridge' });
  });

  it('stops in good order, and starts again without embedding anything', async () => {
    const before = (await service.search({ query: 'who built the bridge' })).body.hits;
    expect(await service.stop()).toBe(0);
    service = await startService(settings);
    expect(service).toMatchObject({ added: 0, unchanged: 2, textsEmbedded: 0 });
    expect((await service.search({ query: 'who built the bridge' })).body.hits).toEqual(before);
  });

  it('takes in a change of the folder at the next start, embedding only what changed', async () => {
    await service.stop();
    await writeFile(path.join(corpus(), 'bridge.txt'), BRIDGE.replace('1968', '1970'));
    await rm(path.join(corpus(), 'museum.txt'));
    service = await startService(settings);
    expect(service).toMatchObject({ updated: 1, removed: 1, unchanged: 0 });
    const { body } = await service.search({ query: 'When did the diving contest become official?' });
    expect(body.hits[0]?.text).toContain('1970');
    expect(body.hits.map((hit) => hit.article_id)).not.toContain('museum');
  });

  it('comes back from a kill with all that it had', async () => {
    await service.stop('SIGKILL');
    service = await startService(settings);
    expect(service.textsEmbedded).toBe(0);
    expect((await service.search({ query: 'who built the bridge' })).body.hits[0]?.article_id).toBe('bridge');
  });

  it.each(['cut', 'altered', 'deleted'])(
    'rebuilds an index snapshot that was %s, from the database',
    async (harm) => {
      await service.stop();
      const snapshots = path.join(folder, 'index', 'snapshots');
      for (const name of await readdir(snapshots)) {
        const file = path.join(snapshots, name);
        const content = await readFile(file);
        if (harm === 'deleted') await rm(file);
        else if (harm === 'cut') await truncate(file, Math.floor(content.length / 2));
        else
          await writeFile(
            file,
            content.map((byte, i) => (i === 64 ? byte ^ 0xff : byte)),
          );
      }
      service = await startService(settings);
      expect(service.textsEmbedded).toBe(0);
      expect((await service.search({ query: 'who built the bridge' })).body.hits[0]?.article_id).toBe(
        'bridge',
      );
      if (harm !== 'deleted')
        expect(service.log.map((line) => line.msg)).toContain('an index snapshot could not be used');
    },
  );
});

describe('the built program, started wrongly', () => {
  const folders: string[] = [];
  const temporaryFolder = async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fihrist-wrong-'));
    folders.push(folder);
    return folder;
  };
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it('names a port that is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as { port: number };
    const { code, stderr } = await runProgram(['serve'], {
      FIHRIST_PORT: String(port),
      FIHRIST_INDEX: await temporaryFolder(),
    });
    blocker.close();
    expect(code).toBe(3);
    expect(stderr).toContain('PORT_IN_USE');
    expect(stderr).toContain(String(port));
  });

  it.each([
    ['FIHRIST_PORT', '70000'],
    ['FIHRIST_PORT', 'http'],
    ['FIHRIST_THREADS', '0'],
    ['FIHRIST_LOG_LEVEL', 'loud'],
    ['FIHRIST_COLOUR', 'red'],
  ])('stops at %s=%s with the name, the value and what is allowed', async (name, value) => {
    const { code, stderr } = await runProgram(['stats'], { [name]: value });
    expect(code).toBe(3);
    expect(stderr).toContain('SETTING_INVALID');
    expect(stderr).toContain(name);
  });

  it('names a corpus that is not there', async () => {
    const index = await temporaryFolder();
    const { code, stderr } = await runProgram(['serve'], {
      FIHRIST_PORT: '0',
      FIHRIST_INDEX: index,
      FIHRIST_CORPUS: path.join(index, 'nowhere'),
    });
    expect(code).toBe(3);
    expect(stderr).toContain('CORPUS_NOT_FOUND');
    expect(stderr).toContain('nowhere');
  });

  it.each([
    ['missing', 'MODEL_NOT_FOUND'],
    ['cut', 'MODEL_FILE_ALTERED'],
    ['altered', 'MODEL_FILE_ALTERED'],
  ])('names a model file that is %s, and leaves the archive alone', async (harm, code) => {
    const folder = await temporaryFolder();
    const model = path.join(folder, 'model');
    await cp('models/fihrist-e5-small', model, { recursive: true });
    const file = path.join(model, 'tokenizer.json');
    const content = await readFile(file);
    if (harm === 'missing') await rm(file);
    else if (harm === 'cut') await truncate(file, 1_000);
    else
      await writeFile(
        file,
        content.map((byte, i) => (i === 5_000 ? byte ^ 1 : byte)),
      );
    const result = await runProgram(['serve'], {
      FIHRIST_PORT: '0',
      FIHRIST_INDEX: path.join(folder, 'index'),
      FIHRIST_MODEL: model,
    });
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(code);
    expect(result.stderr).toContain('tokenizer.json');
  });

  it('refuses a file in the place of the database, and leaves it as it is', async () => {
    const index = await temporaryFolder();
    const file = path.join(index, 'fihrist.db');
    await writeFile(file, 'this is somebody’s letter, not a database'.repeat(100));
    const before = await readFile(file);
    const { code, stderr } = await runProgram(['serve'], { FIHRIST_PORT: '0', FIHRIST_INDEX: index });
    expect(code).toBe(3);
    expect(stderr).toContain('STORE_UNUSABLE');
    expect(await readFile(file)).toEqual(before);
  });

  it('says that there is nothing to search yet', async () => {
    const { code, stderr } = await runProgram(['search', 'anything'], {
      FIHRIST_INDEX: await temporaryFolder(),
    });
    expect(code).toBe(3);
    expect(stderr).toContain('STORE_UNUSABLE');
  });
});
