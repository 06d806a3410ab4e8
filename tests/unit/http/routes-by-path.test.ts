import { describe, expect, test } from 'vitest';
import { routesByPath } from '../../../src/http/routes-by-path.js';
import { sampleRoute } from './sample-route.js';

const paths = (...given: Array<`/${string}`>) =>
  routesByPath(given.map((path) => sampleRoute({ path }))).map(([path]) => path);

describe('routes by path', () => {
  test('keep the methods of one path together, in the order of the list', () => {
    const put = sampleRoute({ method: 'put' });
    const other = sampleRoute({ path: '/other' });
    const get = sampleRoute();
    expect(routesByPath([put, other, get])).toEqual([
      ['/sample', [put, get]],
      ['/other', [other]],
    ]);
  });

  test('are tried before a path that fits the same addresses and more', () => {
    expect(paths('/v1/articles/{id}', '/v1/articles/{id}/passages', '/v1/articles/count')).toEqual([
      '/v1/articles/count',
      '/v1/articles/{id}/passages',
      '/v1/articles/{id}',
    ]);
  });
});
