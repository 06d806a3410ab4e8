import type { Language } from '../domain/language.js';

/** What an answer says in words of its own, in the language of the question. */
export const ANSWER_WORDS: Readonly<
  Record<Language, Readonly<Record<'noAnswer' | 'nothingFound' | 'modelFailed' | 'wordForWord', string>>>
> = {
  en: {
    noAnswer: 'The archive does not seem to answer this. The passages that come nearest are listed as sources.',
    nothingFound: 'The archive has nothing on this.',
    modelFailed: 'The language model gave no complete answer.',
    wordForWord: 'This is what the archive says, word for word:',
  },
  ar: {
    noAnswer: 'لا يبدو أن في الأرشيف جوابًا عن هذا السؤال. أقرب المقاطع إليه مذكورة في المصادر.',
    nothingFound: 'ليس في الأرشيف شيء عن هذا السؤال.',
    modelFailed: 'لم يُتمّ النموذج اللغوي جوابه.',
    wordForWord: 'هذا ما جاء في الأرشيف بنصّه:',
  },
};
