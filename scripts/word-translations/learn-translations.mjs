import { alignWords } from './align-words.mjs';

/** Below it, the geometric mean of both probabilities is mostly chance. */
const LEAST = 0.05;
/** A word of many meanings has that many translations at most, the likeliest. */
const MOST_OF_A_WORD = 12;
/**
 * How sure it is that a passage with the translation has the word is the geometric mean to this power: of five translations that are
 * as likely, each is as good as the only one.
 */
const POWER = 0.25;

/**
 * @param pairs  Texts that say the same: `{ar, en}`, stems.
 * @returns `{en, ar, sureness}`, by English stem and then by falling sureness; 0…99
 */
export function learnTranslations(pairs) {
  const toArabic = alignWords(pairs, 'en', 'ar');
  const toEnglish = alignWords(pairs, 'ar', 'en');
  const found = [];
  for (const [en, arabic] of toArabic) {
    for (const [ar, there] of arabic) {
      const likely = Math.sqrt(there * (toEnglish.get(ar)?.get(en) ?? 0));
      if (likely >= LEAST) found.push({ en, ar, likely });
    }
  }
  return likeliestOf(likeliestOf(found, 'ar'), 'en')
    .map(({ en, ar, likely }) => ({ en, ar, sureness: Math.min(99, Math.round(100 * likely ** POWER)) }))
    .sort((a, b) => compare(a.en, b.en) || b.sureness - a.sureness || compare(a.ar, b.ar));
}

function likeliestOf(translations, language) {
  const byWord = new Map();
  for (const one of translations) {
    if (!byWord.has(one[language])) byWord.set(one[language], []);
    byWord.get(one[language]).push(one);
  }
  return [...byWord.values()].flatMap((ofWord) =>
    ofWord.sort((a, b) => b.likely - a.likely || compare(a.en, b.en) || compare(a.ar, b.ar)).slice(0, MOST_OF_A_WORD),
  );
}

/** By code units, so that the order is the same everywhere. */
function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
