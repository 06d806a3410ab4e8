import type { Language } from '../domain/language.js';

/** Questions that the archive can be asked, in each language; empty when none are known. */
export type SampleQuestions = Readonly<Record<Language, readonly string[]>>;

export const NO_SAMPLES: SampleQuestions = { ar: [], en: [] };
