import { type Direction, directionOf, type Language } from '../../domain/language.js';
import { detectLanguage } from '../../text/detect-language.js';

/** For the `lang` and `dir` of a text. */
export interface TextDirection {
  readonly lang: Language;
  readonly dir: Direction;
}

/** What most letters of a text say of it. */
export function textDirection(text: string): TextDirection {
  const lang = detectLanguage(text);
  return { lang, dir: directionOf(lang) };
}
