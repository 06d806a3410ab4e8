import type { Route } from '../route.js';

/** The media type of an article a line. */
export const JSON_LINES = 'application/x-ndjson';

/** What can be sent to `POST /v1/articles`. */
export const ADDING_EXAMPLES: Route['examples'] = {
  several: {
    summary: 'Two articles',
    body: [
      { id: 'lighthouse-en', text: 'The lighthouse at the harbour was lit for the first time in 1873.' },
      { id: 'lighthouse-ar', text: 'أضيئت منارة الميناء أول مرة عام 1873.', tags: ['history'] },
    ],
    reply: {
      results: [
        { index: 0, id: 'lighthouse-en', status: 'created' },
        { index: 1, id: 'lighthouse-ar', status: 'created' },
      ],
      counts: { created: 2, updated: 0, unchanged: 0, failed: 0 },
    },
  },
  one: {
    summary: 'One article without an id, which is named by its content',
    body: { title: 'The ferry', text: 'The ferry to the island has left at seven every morning since 1921.' },
    status: 201,
    reply: { id: 'api-a8b1f4ab8ac1a1c0e9a2b6ba5a5e3d52', status: 'created' },
  },
  lines: {
    summary: 'Lines of JSON, an article each (here one)',
    mediaType: JSON_LINES,
    body: { id: 'lighthouse-en', text: 'The lighthouse was lit for the first time in 1873.' },
  },
  as_a_task: {
    summary: 'A batch that nobody waits for',
    query: { async: true },
    body: [
      { id: 'lighthouse-en', text: 'The lighthouse at the harbour was lit for the first time in 1873.' },
    ],
    status: 202,
  },
};

/** What can be sent to `PUT /v1/articles/{id}`. */
export const PUTTING_EXAMPLES: Route['examples'] = {
  article: {
    summary: 'A short article',
    path: { id: 'news/harbour-lighthouse' },
    body: {
      title: 'The harbour lighthouse',
      text: 'The lighthouse at the harbour was lit for the first time in 1873.',
      published_at: '2024-03-01',
      tags: ['history'],
    },
    status: 201,
    reply: { id: 'news/harbour-lighthouse', status: 'created' },
  },
};
