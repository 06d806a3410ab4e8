// Small edits of a passage, as they happen to texts that are copied from site to site.

/** Lines that sites put around a text. */
const BOILERPLATE = {
  ar: ['تابعوا آخر الأخبار عبر نشرتنا البريدية اليومية.', 'جميع الحقوق محفوظة، ولا يجوز إعادة النشر دون إذن مكتوب.'],
  en: ['Follow the latest stories in our daily newsletter.', 'All rights reserved; not to be republished without written leave.'],
};

/** A fixed sequence of numbers from 0 to 1 a seed. */
function randomNumbers(seed) {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const dropWords = (text, random) => text.split(' ').filter(() => random() >= 0.1).join(' ');

/** Every tenth word of four letters and more has two neighbouring letters swapped. */
function misspell(text, random) {
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 4 || random() >= 0.1) return word;
      const at = 1 + Math.floor(random() * (word.length - 2));
      return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    })
    .join(' ');
}

const addHeadline = (text, headline) => `${headline.split(' ').slice(0, 8).join(' ')}\n${text}`;
const addBoilerplate = (text, language) => `${BOILERPLATE[language][0]}\n${text}\n${BOILERPLATE[language][1]}`;

/** @param headline  Text of another story, of which the beginning serves as a title. */
export function makeNearCopies({ text, language }, headline, seed) {
  const random = randomNumbers(seed);
  return {
    'words dropped': dropWords(text, random),
    misspelled: misspell(text, random),
    'another headline': addHeadline(text, headline),
    boilerplate: addBoilerplate(text, language),
    'all of these': addBoilerplate(addHeadline(misspell(dropWords(text, random), random), headline), language),
  };
}
