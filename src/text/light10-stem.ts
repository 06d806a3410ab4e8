import { WHOLE_FROM_THE_START, WHOLE_TO_THE_END } from './arabic-base-words.js';
import { joinLetterForms } from './join-letter-forms.js';

/** The article alone, after a preposition, after و or ف, or after both: ال وال فال بال كال وبال فكال لل ولل فلل. */
const ARTICLE = /^[وف]?(?:[بك]?ال|لل)(?=.{2})/;
/** و and ف before a preposition, and either of them alone. */
const ATTACHED_LETTERS = /^[وف]?[بكل]|^[وف]/;
const SUFFIXES = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي'] as const;

/** Stems that are found behind attached letters, and keep what only looks attached. */
const BASE_STEMS: ReadonlySet<string> = new Set([
  ...WHOLE_TO_THE_END,
  ...WHOLE_FROM_THE_START.map((word) => withoutSuffixes(word)),
]);

/**
 * Letters that can only be attached: a hamza below alef opens a word, no root begins with two lip letters (ب ف م) or
 * with ل and ر, and استـ opens a verbal noun.
 */
const SURELY_ATTACHED =
  /^[وف]?[بكلف](?=إ.{2}|[أآ].{3})|^[وف]?ب(?=[مفب].{2})|^ف(?=[مب].{3})|^[وف]?ل(?=ر.{2})|^[وف]?[بل](?=است.{3})|^ف(?=است.{3})/;

/**
 * The light stem of an Arabic word: attached letters and endings go, the inside stays as it is.
 *
 * Light10 as published: prefixes ال وال بال كال فال لل و, suffixes ها ان ات ون ين يه ية ه ة ي; at least 2 letters stay,
 * after و at least 3. Beyond it:
 * - و and ف before an article that has a preposition (وبال, فكال, ولل);
 * - ب ك ل ف alone, with or without و, where they cannot belong to the word or a base word stands behind them
 *   (arabic-base-words.ts): بكتاب gives كتاب, but بيت stays;
 * - أل and إل are no article: ألمانيا keeps its ال;
 * - a base word keeps what only looks attached: وزير its و, قانون its ون, موسى and مستشفى their ى;
 * - suffixes go again and again (إيرانيات, إيراني, إيران are one), where 3 letters stay.
 *
 * @param spelled  One word as `foldForMatching` spells it: letter forms apart.
 * @returns Letter forms joined
 * Source: Larkey, Ballesteros, Connell 2007, "Light stemming for Arabic information retrieval".
 */
export function light10Stem(spelled: string): string {
  const word = joinLetterForms(spelled);
  const base = baseBehind(spelled, word);
  return base ?? withoutSuffixes(joinLetterForms(withoutPrefix(spelled)));
}

/** A base word that stands there as it is, or behind one or two attached letters. */
function baseBehind(spelled: string, word: string): string | undefined {
  const whole = withoutSuffixes(word);
  if (BASE_STEMS.has(whole)) return whole;
  const length = ATTACHED_LETTERS.exec(word)?.[0].length ?? 0;
  for (const skip of length === 2 ? [1, 2] : [length]) {
    if (skip === 0 || spelled.length - skip < 3) continue;
    const behind = withoutSuffixes(word.slice(skip));
    if (BASE_STEMS.has(behind)) return behind;
  }
  return undefined;
}

function withoutPrefix(spelled: string): string {
  const article = ARTICLE.exec(spelled);
  if (article !== null) return spelled.slice(article[0].length);
  const sure = SURELY_ATTACHED.exec(spelled);
  if (sure !== null) return spelled.slice(sure[0].length);
  return /^و.{3}/.test(spelled) ? spelled.slice(1) : spelled;
}

function withoutSuffixes(word: string): string {
  let stem = word;
  let least = 2;
  for (;;) {
    if (WHOLE_TO_THE_END.has(stem)) return stem;
    const suffix = SUFFIXES.find((ending) => stem.length - ending.length >= least && stem.endsWith(ending));
    if (suffix === undefined) return stem;
    stem = stem.slice(0, -suffix.length);
    least = 3;
  }
}
