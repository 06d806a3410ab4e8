import { detectLanguage } from '../text/detect-language.js';
import { matchTokens } from '../text/match-tokens.js';

/** Words of one earlier question that are carried at most. */
const MOST_CARRIED_WORDS = 12;
/** A question with fewer words of its own than this says too little to be searched for alone. */
const LEAST_OWN_WORDS = 2;

/** "And in Cairo?", "What about …", «وماذا عن …؟»: it goes on from what was asked before. */
const OPENINGS: Readonly<Record<'ar' | 'en', RegExp>> = {
  en: /^\W*(?:and|but|or|so|then|also|what about|how about|what else|anything else|why not|since when|until when)\b/iu,
  ar: /^[^\p{L}]*(?:و(?:ماذا|ما|من|متى|أين|كيف|كم|لماذا|لم|هل|في|عن|إلى|على|بعد|قبل)|ف(?:ماذا|متى|أين|كيف|كم|لماذا|هل|ما)|ماذا عن|ثم (?:ماذا|متى|كيف|أين)|ولكن|لكن|أيضا)(?!\p{L})/u,
};

/** Words that stand for something that was named before; not "it" that stands for nothing, as in "is it true". */
const POINTING: Readonly<Record<'ar' | 'en', RegExp>> = {
  en: /\b(?:he|she|they|him|her|them|his|hers|their|theirs|its|this|that|these|those|there|then|the same|the other|the former|the latter|ones?)\b|\bit\b(?! (?:true|possible|safe|right|correct|known|likely|necessary|good|bad|better|worth|take|takes|rain|snow)\b)/iu,
  ar: /(?<!\p{L})[وفبلك]{0,2}(?:هو|هي|هما|هم|هن|هذا|هذه|هذين|هاتين|هؤلاء|ذلك|تلك|أولئك|ذاك|هناك|هنالك|له|لها|لهم|به|بها|بهم|فيه|فيها|فيهم|منه|منها|منهم|عنه|عنها|عنهم|إليه|إليها|إليهم|عليه|عليها|عليهم|معه|معها|معهم|لديه|لديها|لديهم|عنده|عندها|عندهم|بعده|بعدها|قبله|قبلها|نفسه|نفسها)(?!\p{L})/u,
};

/**
 * Tells whether a question leans on what was said before it: it goes on from there, points back with a pronoun, or is too
 * short to mean anything alone. A pronoun after a name in the same question points to that.
 */
export function leansOnHistory(question: string): boolean {
  const language = detectLanguage(question);
  const ownWords = matchTokens(question).filter(({ stopWord }) => !stopWord);
  if (OPENINGS[language].test(question) || ownWords.length < LEAST_OWN_WORDS) return true;
  const pointing = POINTING[language].exec(question);
  if (pointing === null) return false;
  const before = ownWords.filter(({ end }) => end <= pointing.index);
  return before.length < LEAST_OWN_WORDS;
}

/**
 * Makes questions that lean on earlier ones stand alone, without a language model: the words of the earlier one are put
 * before it, as often as questions lean on one another.
 * @param earlier  What was asked before, oldest first.
 * @returns The question itself when it leans on nothing
 */
export function carryTerms(question: string, earlier: readonly string[]): string {
  const before = earlier.at(-1);
  if (before === undefined || !leansOnHistory(question)) return question;
  const standalone = carryTerms(before, earlier.slice(0, -1));
  const own = new Set(matchTokens(question).map(({ stem }) => stem));
  const carried = matchTokens(standalone)
    .filter(({ stopWord, stem }) => !stopWord && !own.has(stem))
    .map(({ start, end }) => standalone.slice(start, end));
  return [...new Set(carried)].slice(0, MOST_CARRIED_WORDS).concat(question).join(' ');
}
