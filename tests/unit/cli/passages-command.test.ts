import { describe, expect, it } from 'vitest';
import type { PreviewItem } from '../../../src/cli/cli-services.js';
import { asArticleId } from '../../../src/domain/article.js';
import { FihristError } from '../../../src/domain/errors.js';
import { asPassageId } from '../../../src/domain/passage.js';
import { runCaptured } from './run-captured.js';

const article: PreviewItem = {
  article: {
    id: asArticleId('reefs-ar'),
    title: 'الشعاب المرجانية',
    language: 'ar',
    tags: [],
    origin: { file: 'reefs.md' },
    paragraphs: [],
    dropped: [{ reason: 'share', text: 'شارك المقال', line: 9 }],
  },
  passages: [
    {
      id: asPassageId('reefs-ar:0123456789'),
      articleId: asArticleId('reefs-ar'),
      ordinal: 0,
      text: 'تعيش الشعاب في المياه الدافئة.',
      language: 'ar',
      sentences: [{ start: 0, end: 30 }],
    },
  ],
};
const problem: PreviewItem = {
  problem: new FihristError('ARTICLE_LINE_INVALID', 'The line is not valid JSON.', {
    details: { file: 'reefs.jsonl', line: 2 },
  }),
};

function previewing(...items: PreviewItem[]) {
  return {
    previewFile: async function* () {
      yield* items;
    },
  };
}

describe('fihrist passages', () => {
  it('shows passages, and dropped blocks with line and reason, without opening the archive', async () => {
    const { exitCode, stdout } = await runCaptured(['passages', 'reefs.md'], previewing(article));
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      '\u2067الشعاب المرجانية\u2069 (ar, 1 passage)',
      '  id reefs-ar',
      '  passage 1 (1 sentence)',
      '    \u2067تعيش الشعاب في المياه الدافئة.\u2069',
      '  dropped (1 block)',
      '    line 9, share: \u2068شارك المقال\u2069',
      '',
      '1 article, 1 passage, 0 problems',
    ]);
  });

  it('prints articles, passages and dropped blocks as one line of JSON', async () => {
    const { stdout } = await runCaptured(['passages', 'reefs.md', '--json'], previewing(article, problem));
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(JSON.parse(stdout)).toEqual({
      articles: [
        {
          id: 'reefs-ar',
          title: 'الشعاب المرجانية',
          url: null,
          language: 'ar',
          dir: 'rtl',
          published_at: null,
          passages: [
            {
              id: 'reefs-ar:0123456789',
              text: 'تعيش الشعاب في المياه الدافئة.',
              language: 'ar',
              dir: 'rtl',
              sentences: [{ start: 0, end: 30 }],
            },
          ],
          dropped: [{ reason: 'share', text: 'شارك المقال', line: 9 }],
        },
      ],
      problems: [
        {
          code: 'ARTICLE_LINE_INVALID',
          message: 'The line is not valid JSON.',
          details: { file: 'reefs.jsonl', line: 2 },
        },
      ],
    });
  });

  it('exits with 0 when some articles are fine, and by the problem when none is', async () => {
    expect(await runCaptured(['passages', 'x'], previewing(article, problem))).toMatchObject({ exitCode: 0 });
    const failed = await runCaptured(['passages', 'x'], previewing(problem));
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('reefs.jsonl:2: ARTICLE_LINE_INVALID');
  });

  it('says so when nothing was dropped', async () => {
    const kept = { ...article, article: { ...article.article, dropped: [] } };
    const { stdout } = await runCaptured(['passages', 'x'], previewing(kept));
    expect(stdout).toContain('nothing dropped');
  });
});
