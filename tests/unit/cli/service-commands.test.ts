import { describe, expect, it } from 'vitest';
import type { ServeOptions } from '../../../src/cli/cli-services.js';
import { archiveWith, runCaptured } from './run-captured.js';
import { ingestProgress } from './sample-results.js';

function serving() {
  const calls: ServeOptions[] = [];
  const services = {
    serve: async (options: ServeOptions) => {
      calls.push(options);
      options.onProgress?.(ingestProgress({ articlesDone: 50, charactersDone: 500, elapsedMs: 10_000 }));
      options.onProgress?.(ingestProgress({ phase: 'done' }));
      options.onListening('http://127.0.0.1:3000');
    },
  };
  return { services, calls };
}

describe('fihrist serve', () => {
  it('leaves host and port to the settings unless they are given', async () => {
    const { services, calls } = serving();
    await runCaptured(['serve'], services);
    await runCaptured(['serve', '--host', '0.0.0.0', '--port', '0'], services);
    expect(calls[0]).not.toHaveProperty('host');
    expect(calls[0]).not.toHaveProperty('port');
    expect(calls[1]).toMatchObject({ host: '0.0.0.0', port: 0 });
  });

  it('prints the address when requests are answered', async () => {
    expect((await runCaptured(['serve'], serving().services)).stdout).toBe(
      'Fihrist listens on http://127.0.0.1:3000\n',
    );
    expect((await runCaptured(['serve', '--json'], serving().services)).stdout).toBe(
      '{"url":"http://127.0.0.1:3000"}\n',
    );
  });

  it('leaves standard error to the log where there is no terminal', async () => {
    const { services, calls } = serving();
    const { stderr } = await runCaptured(['serve'], services);
    expect(stderr).toBe('');
    expect(calls[0]).not.toHaveProperty('onProgress');
  });

  it('shows a bar with count, rate and time left on a terminal', async () => {
    const { stderr } = await runCaptured(['serve'], serving().services, { isTTY: true, columns: 120 });
    expect(stderr).toMatch(/Indexing \[=+-+\] 50% {2}50\/100 articles, 5\.0 articles\/s, 0:10 left/);
  });

  it('refuses a port that cannot be', async () => {
    const { services } = serving();
    const { exitCode, stderr } = await runCaptured(['serve', '--port', '65536'], services);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('port must be a whole number from 0 to 65535, not "65536"');
  });

  it('hands an interruption on to the service', async () => {
    const { services, calls } = serving();
    const { signal } = new AbortController();
    await runCaptured(['serve'], services, { interrupted: signal });
    expect(calls[0]?.signal).toBe(signal);
  });
});

describe('fihrist verify', () => {
  const checked = { articles: 46, snapshotFiles: 2 };

  it('says that all is well, and what was checked', async () => {
    const verify = async () => ({ ok: true, problems: [], checked });
    const { exitCode, stdout } = await runCaptured(['verify'], { verify });
    expect(exitCode).toBe(0);
    expect(stdout).toBe('Checked:\narticles        46\nsnapshot files   2\n\nAll is well.\n');
  });

  it('lists problems and exits with 3', async () => {
    const verify = async () => ({ ok: false, problems: ['A snapshot is cut.'], checked });
    const { exitCode, stdout } = await runCaptured(['verify'], { verify });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('1 problem:\n  A snapshot is cut.\n');
  });

  it('prints the findings as one line of JSON', async () => {
    const verify = async () => ({ ok: false, problems: ['A snapshot is cut.'], checked });
    const { exitCode, stdout } = await runCaptured(['verify', '--json'], { verify });
    expect(exitCode).toBe(3);
    expect(stdout).toBe(
      '{"ok":false,"problems":["A snapshot is cut."],"checked":{"articles":46,"snapshot_files":2}}\n',
    );
  });
});

describe('fihrist verify --repair', () => {
  const repaired = { articles: 2, toReadAgain: 1, orphansRemoved: 3, madeWords: true };
  const repair = async () => ({
    ok: false,
    problems: ['text-altered: passage a'],
    checked: { articles: 46 },
    repaired,
  });

  it('says what was made again, then what is still wrong, and exits with 3', async () => {
    const { exitCode, stdout } = await runCaptured(['verify', '--repair'], { repair });
    expect(exitCode).toBe(3);
    expect(stdout).toBe(
      'Repaired:\n' +
        'articles made again from their texts                        2\n' +
        'articles that the next start or ingest reads again          1\n' +
        'rows that belonged to nothing                               3\n' +
        'words of all passages                               made anew\n' +
        '\nChecked:\narticles  46\n\n1 problem:\n  text-altered: passage a\n',
    );
  });

  it('prints both as one line of JSON', async () => {
    const { stdout } = await runCaptured(['verify', '--repair', '--json'], { repair });
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      problems: ['text-altered: passage a'],
      checked: { articles: 46 },
      repaired: { articles: 2, to_read_again: 1, orphans_removed: 3, made_words: true },
    });
  });
});

describe('fihrist stats', () => {
  const services = {
    openArchive: async () =>
      archiveWith({
        stats: async () => ({
          articles: 46,
          passages: 1_234,
          sentences: 5_000,
          passagesByLanguage: { ar: 700, en: 534 },
          sizeBytes: 12_300_000,
          schemaVersion: 1,
          generation: 7,
          modelFingerprint: 'fake-model:1',
          index: { size: 1_234, searchWidth: 80, snapshot: null },
          editions: [
            {
              place: 'next' as const,
              fingerprint: 'other-model:1',
              articles: 45,
              passages: 1_200,
              passagesLeft: 200,
              changedAt: '2026-01-31T08:00:00.000Z',
              sizeBytes: 11_000_000,
            },
          ],
        }),
      }),
  };

  it('tells how much there is', async () => {
    const { stdout } = await runCaptured(['stats'], services);
    expect(stdout).toContain('passages                   1,234\n  Arabic                     700\n');
    expect(stdout).toContain('size in MB                  12.3\n');
    expect(stdout).toContain('index search width            80\nindex snapshot              none\n');
    expect(stdout).toContain(
      '\nnext edition: other-model:1, 45 articles, 200 passages to embed, 11.0 MB, written 2026-01-31T08:00:00.000Z\n',
    );
  });

  it('prints the numbers as one line of JSON', async () => {
    const { stdout } = await runCaptured(['stats', '--json'], services);
    expect(JSON.parse(stdout)).toEqual({
      articles: 46,
      passages: 1_234,
      sentences: 5_000,
      passages_by_language: { ar: 700, en: 534 },
      size_bytes: 12_300_000,
      schema_version: 1,
      generation: 7,
      model_fingerprint: 'fake-model:1',
      index: { size: 1_234, search_width: 80, snapshot: null },
      editions: [
        {
          edition: 'next',
          model_fingerprint: 'other-model:1',
          articles: 45,
          passages: 1_200,
          passages_left: 200,
          changed_at: '2026-01-31T08:00:00.000Z',
          size_bytes: 11_000_000,
        },
      ],
    });
  });
});
