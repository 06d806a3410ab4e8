/** The two languages of the service. Persian, Urdu and Kurdish text counts as `ar` (same script), French as `en`. */
export type Language = 'ar' | 'en';

export const LANGUAGES: readonly Language[] = ['ar', 'en'];

/** Base direction in which a text of a language is read. */
export type Direction = 'rtl' | 'ltr';

export function directionOf(language: Language): Direction {
  return language === 'ar' ? 'rtl' : 'ltr';
}
