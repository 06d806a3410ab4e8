import { describe, expect, it } from 'vitest';
import { FihristError } from '../../../../src/domain/errors.js';
import { errorPage } from '../../../../src/web/pages/error-page.js';
import { readUiContext } from '../../../../src/web/ui-context.js';
import { requestWith } from '../made-request.js';

const pageIn = (ui: 'ar' | 'en', error: FihristError) =>
  errorPage(readUiContext(requestWith({}), '/chat', `ui=${ui}`), error).toString();

describe('the page for what is turned away', () => {
  it.each(['OVERLOADED', 'RATE_LIMITED'] as const)(
    'says in the language of the reader when to come again: %s',
    (code) => {
      const error = new FihristError(code, 'Too many are waiting.', { details: { retry_after_s: 3 } });
      expect(pageIn('en', error)).toContain('Try again in 3 seconds.');
      expect(pageIn('ar', error)).toContain('أعد المحاولة بعد ٣ ثوان');
      for (const ui of ['ar', 'en'] as const) expect(pageIn(ui, error)).not.toContain('are waiting');
    },
  );

  it('says what the service says where that is all there is to say', () => {
    const error = new FihristError('ORIGIN_NOT_ALLOWED', 'Not from there.');
    expect(pageIn('ar', error)).toContain('<p lang="en" dir="ltr">Not from there.</p>');
  });
});
