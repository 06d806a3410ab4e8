import { describe, expect, it } from 'vitest';
import { describeModel } from '../../../src/embedding/describe-model.js';
import { relatedFitOf } from '../../../src/search/related-fit.js';

describe('relatedFitOf', () => {
  it('knows the model that is shipped: after a change of model, run scripts/fit-same-story.mjs', async () => {
    const { fingerprint } = await describeModel('models/fihrist-e5-small');
    expect(relatedFitOf(fingerprint)).toMatchObject({ fingerprint });
  });

  it('knows no other model', () => {
    expect(relatedFitOf('fake@64')).toBeNull();
  });
});
