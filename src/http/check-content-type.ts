import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';

/**
 * @param allowed  Media types in lower case, at least one.
 * @returns The one of them that the body has.
 * @throws UNSUPPORTED_MEDIA_TYPE (caller) when it has none of them, or another charset than UTF-8
 */
export function checkContentType(contentType: string | undefined, allowed: readonly string[]): string {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  if (mediaType !== undefined && allowed.includes(mediaType) && /^utf-?8$/.test(charset)) return mediaType;
  const given = contentType === undefined ? 'missing' : quoteValue(contentType);
  const [only = '', ...others] = allowed;
  throw new FihristError(
    'UNSUPPORTED_MEDIA_TYPE',
    `Content-Type is ${given}; send ${allowed.map((type) => JSON.stringify(type)).join(' or ')} (in UTF-8).`,
    {
      details: {
        header: 'content-type',
        value: contentType ?? null,
        allowed: others.length === 0 ? only : allowed,
      },
    },
  );
}
