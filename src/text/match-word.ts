import { englishStem } from './english-stem.js';
import { joinLetterForms } from './join-letter-forms.js';
import { light10Stem } from './light10-stem.js';
import { ARABIC_STOP_WORDS } from './stop-words-ar.js';
import { ENGLISH_STOP_WORDS } from './stop-words-en.js';

/** What a word is matched by, wherever it stands. */
export interface MatchWord {
  readonly folded: string;
  readonly stem: string;
  readonly stopWord: boolean;
}

/** Words that are kept, so that each is stemmed once: about 10 MB when full. */
const MAX_KEPT_WORDS = 50_000;
const MAX_KEPT_CHARACTERS = 40;
const ARABIC_WORD = /^\p{Script=Arabic}/u;
const NUMBER = /^[0-9]/;

const kept = new Map<string, MatchWord>();

/**
 * Folds and stems one word, and tells whether it is a stop word. English possessives lose 's, and apostrophes inside
 * a word go: "Egypt's" is "egypt", "don't" is "dont", "Qur'an" is "quran". Numbers lose the commas between thousands.
 *
 * @param spelled  A word that `findWords` found.
 * Cost: a look into a map for a word that was seen lately.
 */
export function matchWord(spelled: string): MatchWord {
  const known = kept.get(spelled);
  if (known !== undefined) return known;
  const word = readWord(spelled);
  if (spelled.length > MAX_KEPT_CHARACTERS) return word;
  if (kept.size >= MAX_KEPT_WORDS) kept.clear();
  kept.set(spelled, word);
  return word;
}

function readWord(spelled: string): MatchWord {
  if (ARABIC_WORD.test(spelled)) {
    const folded = joinLetterForms(spelled);
    return { folded, stem: light10Stem(spelled), stopWord: ARABIC_STOP_WORDS.has(spelled) };
  }
  if (NUMBER.test(spelled)) {
    const folded = spelled.replaceAll(',', '');
    return { folded, stem: folded, stopWord: false };
  }
  const owner = spelled.replace(/'s$/, '');
  const folded = owner.replaceAll("'", '');
  const stopWord = ENGLISH_STOP_WORDS.has(spelled) || ENGLISH_STOP_WORDS.has(owner);
  return { folded, stem: englishStem(folded), stopWord };
}
