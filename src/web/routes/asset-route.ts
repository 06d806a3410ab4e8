import { FihristError } from '../../domain/errors.js';
import { quoteValue } from '../../text/describe-value.js';
import type { WebAssets } from '../web-assets.js';
import type { WebPage } from '../web-page.js';

/** Style sheet, scripts, fonts, icon. */
export function assetRoute({ files }: WebAssets): WebPage {
  return {
    method: 'get',
    path: '/assets/{file}',
    name: 'asset',
    summary: 'A file that pages load',
    scope: 'public',
    lane: 'light',
    errors: ['ROUTE_NOT_FOUND'],
    handle: ({ res, path }) => {
      const asset = files.get(path.file ?? '');
      if (asset === undefined) {
        throw new FihristError('ROUTE_NOT_FOUND', `There is no file ${quoteValue(path.file ?? '')}.`);
      }
      res.setHeader('content-type', asset.mediaType);
      res.setHeader('content-length', asset.bytes.length);
      // The address has a hash of the content in it.
      res.setHeader('cache-control', 'public, max-age=31536000, immutable');
      res.end(asset.bytes);
    },
  };
}
