import { describe, expect, test } from 'vitest';
import { findKeyInAddress } from '../../../../src/http/gates/find-key-in-address.js';

const KEY = `fhr_0123456789abcdef_${'s'.repeat(43)}`;

describe('a key in an address', () => {
  test.each([
    [`api_key=${KEY}`, 'api_key=fhr_0123456789abcdef_[redacted]'],
    [`limit=${KEY}`, 'limit=fhr_0123456789abcdef_[redacted]'],
    [`${KEY}=1`, 'fhr_0123456789abcdef_[redacted]=[redacted]'],
    [`q=a%20${encodeURIComponent(KEY)}%20b`, 'q=a fhr_0123456789abcdef_[redacted] b'],
    ['API-Key=sk-secret&limit=3', 'API-Key=[redacted]'],
    ['access_token=a&token=b', 'access_token=[redacted]&token=[redacted]'],
  ])('is found in ?%s, and shown without its secret', (query, shown) => {
    expect(findKeyInAddress(query)).toBe(shown);
  });

  test.each(['', 'limit=3&languages=ar,en', 'page_token=abc', 'keywords=fhr', 'q=how+to+make+an+api+key'])(
    'is not seen in ?%s',
    (query) => {
      expect(findKeyInAddress(query)).toBeNull();
    },
  );
});
