import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../src/domain/article.js';
import { mendArchive } from '../../src/mend-archive.js';
import type { ArticleStore, StoreMending } from '../../src/storage/article-store.js';

const WHOLE: StoreMending = { ofFile: [], wordsMended: 0, toRemake: [], lost: [] };

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly file: string;
}

async function mending(mend: () => Promise<StoreMending>, signal = new AbortController().signal) {
  const lines: Line[] = [];
  const remade: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const archive = {
    store: { mend } as unknown as ArticleStore,
    remakeArticles: async (ids: readonly string[]) => void remade.push(...ids),
  };
  await mendArchive({ archive, logger, file: '/index/fihrist.db', signal });
  return { lines, remade, errors: lines.filter(({ level }) => level === 50) };
}

describe('mendArchive', () => {
  it('says once that all was looked at, when nothing is damaged', async () => {
    const { lines } = await mending(async () => WHOLE);
    expect(lines).toMatchObject([
      { level: 30, msg: 'all that is stored was looked at', file: '/index/fihrist.db' },
    ]);
  });

  it('makes articles again, and tells which', async () => {
    const ids = ['a', 'b'].map(asArticleId);
    const { remade, errors } = await mending(async () => ({ ...WHOLE, toRemake: ids }));
    expect(remade).toEqual(['a', 'b']);
    expect(errors).toMatchObject([{ file: '/index/fihrist.db', count: 2, articles: ['a', 'b'] }]);
  });

  it('stops making them again when the service stops', async () => {
    const ids = ['a', 'b'].map(asArticleId);
    const { remade, errors } = await mending(async () => ({ ...WHOLE, toRemake: ids }), AbortSignal.abort());
    expect(remade).toEqual([]);
    expect(errors).toEqual([]);
  });

  it.each([
    ['words', { wordsMended: 3 }, { passages: 3, msg: expect.stringContaining('made anew') }],
    [
      'texts that are lost',
      { lost: Array.from({ length: 12 }, (_, i) => asArticleId(`a${i}`)) },
      { count: 12, articles: expect.toSatisfy((ids) => ids.length === 10) },
    ],
    [
      'the file',
      { ofFile: ['wrong # of entries in index x'] },
      { findings: ['wrong # of entries in index x'] },
    ],
  ])('tells of %s as an error that names the file', async (_case, found, told) => {
    const { errors } = await mending(async () => ({ ...WHOLE, ...found }));
    expect(errors).toMatchObject([{ file: '/index/fihrist.db', ...told }]);
  });

  it('tells when it cannot look, and not when it was closed meanwhile', async () => {
    const broken = await mending(async () => Promise.reject(new Error('malformed')));
    expect(broken.errors).toMatchObject([{ file: '/index/fihrist.db', err: { message: 'malformed' } }]);
    const closed = await mending(async () => Promise.reject(new DOMException('closed', 'AbortError')));
    expect(closed.lines).toEqual([]);
  });
});
