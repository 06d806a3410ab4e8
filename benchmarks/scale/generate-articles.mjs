import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../load/offer-load.mjs';

const CORPUS = new URL('../../corpus/articles/', import.meta.url);
const PASSAGES_PER_ARTICLE = 8;
/** Words of which one in this many is replaced by another of the language, so that no two passages are alike. */
const REPLACED_ONE_IN = 4;
/** Seldom words that no other article has: names, places, numbers. */
const OWN_WORDS = 6;
const QUESTION_CHARACTERS = { least: 20, most: 110 };
const LETTERS = { ar: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي', en: 'abcdefghijklmnopqrstuvwxyz' };

/**
 * Articles of Arabic and English text with the words of the sample archive, as frequent as they are there: sentences of it,
 * shuffled, with every fourth word drawn anew and a few words of their own. The same seed gives the same articles.
 * @yields {{ id: string, title: string, text: string, language: 'ar' | 'en', tags: string[], publishedAt: string }}
 */
export function* generateArticles({ passages, seed = 7 }) {
  const random = seededRandom(seed);
  const below = (end) => Math.floor(random() * end);
  const languages = readLanguages();
  for (let number = 0; number * PASSAGES_PER_ARTICLE < passages; number += 1) {
    const language = number % 2 === 0 ? 'ar' : 'en';
    const { sentences, words } = languages[language];
    const own = Array.from({ length: OWN_WORDS }, () => spell(language, below));
    const mixed = (sentence) =>
      sentence
        .split(' ')
        .map((word) => {
          if (below(REPLACED_ONE_IN) !== 0) return word;
          return below(8) === 0 ? own[below(OWN_WORDS)] : words[below(words.length)];
        })
        .join(' ');
    const wanted = Math.min(PASSAGES_PER_ARTICLE, passages - number * PASSAGES_PER_ARTICLE);
    const paragraphs = Array.from({ length: wanted }, () =>
      Array.from({ length: 3 + below(3) }, () => mixed(sentences[below(sentences.length)])).join(' '),
    );
    yield {
      id: `generated-${number}`,
      title: [own[0], own[1], words[below(words.length)], words[below(words.length)]].join(' '),
      text: paragraphs.join('\n\n'),
      language,
      tags: tagsOf(number),
      publishedAt: new Date(Date.UTC(2000, 0, 1) + number * 60_000).toISOString(),
    };
  }
}

/** Sentences of the sample archive that are as long as questions are, each once: what nobody has asked. */
export function sentencesToAsk() {
  const { ar, en } = readLanguages();
  const { least, most } = QUESTION_CHARACTERS;
  return [...new Set([...ar.sentences, ...en.sentences])].filter(({ length }) => length >= least && length <= most);
}

/** Tags that keep a half, a tenth, a hundredth and a thousandth of the articles. */
export const SHARES = [0.5, 0.1, 0.01, 0.001];

function tagsOf(number) {
  return SHARES.filter((share) => (number * 7_919) % Math.round(1 / share) === 0).map((share) => `share-${share}`);
}

function readLanguages() {
  const result = { ar: { sentences: [], words: [] }, en: { sentences: [], words: [] } };
  for (const file of readdirSync(CORPUS, { recursive: true }).sort()) {
    if (!/\.(md|txt)$/.test(file)) continue;
    const text = readFileSync(new URL(file.split(path.sep).join('/'), CORPUS), 'utf8').replace(/^---\n.*?\n---\n/s, '');
    const language = (text.match(/[\u0620-\u06ff]/g)?.length ?? 0) > text.length / 4 ? 'ar' : 'en';
    const sentences = text
      .split(/\n+|(?<=[.!?؟])\s+/)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence.split(' ').length >= 8);
    result[language].sentences.push(...sentences);
    result[language].words.push(...sentences.flatMap((sentence) => sentence.split(' ')));
  }
  return result;
}

function spell(language, below) {
  const letters = LETTERS[language];
  return Array.from({ length: 5 + below(5) }, () => letters[below(letters.length)]).join('');
}
