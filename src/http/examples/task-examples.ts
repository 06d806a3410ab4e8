import type { Route } from '../route.js';

/** A task in the middle of its work. */
export const TASK_EXAMPLES: Route['examples'] = {
  running: {
    summary: 'A task that runs',
    path: { id: '0mfa1b2c3-9f8e7d6c' },
    reply: {
      id: '0mfa1b2c3-9f8e7d6c',
      state: 'running',
      articles_total: 5_000,
      articles_done: 1_250,
      counts: { created: 1_200, updated: 30, unchanged: 19, failed: 1 },
      articles_per_second: 12.3,
      seconds_left: 303.8,
      created_at: '2026-01-31T08:00:00.000Z',
      started_at: '2026-01-31T08:00:01.000Z',
      finished_at: null,
      error: null,
      errors: [
        {
          index: 16,
          line: 17,
          id: null,
          error: {
            code: 'ARTICLE_LINE_INVALID',
            message: 'HTTP request line 17: the line is not valid JSON.',
            type: 'caller',
            details: { file: 'HTTP request', line: 17 },
            link: '/docs/errors#article_line_invalid',
          },
        },
      ],
    },
  },
};
