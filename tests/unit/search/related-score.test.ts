import { describe, expect, it } from 'vitest';
import { judgeSameStory } from '../../../src/search/judge-same-story.js';
import { relatedScore } from '../../../src/search/related-score.js';

const usual = { at0: 0.05, slope: 0.25 };

describe('relatedScore', () => {
  it('is the similarity where there is neither a title nor anything known of terms', () => {
    expect(relatedScore({ similarity: 0.6, title: null, share: 0.9 }, null)).toBe(0.6);
  });

  it('lifts a passage whose title is near, and lowers one whose title is far', () => {
    const score = (title: number) => relatedScore({ similarity: 0.5, title, share: 0 }, null);
    expect(score(0.5)).toBeCloseTo(0.5);
    expect(score(0.8)).toBeGreaterThan(0.5);
    expect(score(0.1)).toBeLessThan(0.5);
  });

  it('leaves a passage as it is that shares what passages so similar usually share', () => {
    const share = usual.at0 + usual.slope * 0.6;
    expect(relatedScore({ similarity: 0.6, title: null, share }, usual)).toBeCloseTo(0.6);
  });

  it('puts first of two equally similar passages the one that shares more terms', () => {
    const score = (share: number) => relatedScore({ similarity: 0.6, title: null, share }, usual);
    expect(score(0.4)).toBeGreaterThan(score(0.1));
  });
});

describe('judgeSameStory', () => {
  const thresholds = { acrossLanguages: 0.6, withinLanguage: 0.7 };

  it.each([
    [true, 0.6, 0.6, true],
    [true, 0.7, 0.49, false],
    [false, 0.9, 0.5, true],
    [false, 0.6, 0.6, false],
  ])('across languages %s, similarity %f, agreement %f: %s', (across, similarity, agreement, same) => {
    expect(judgeSameStory({ across, similarity, agreement }, thresholds)).toBe(same);
  });
});
