import { asArticleId } from './domain/article.js';
import { LANGUAGES, type Language } from './domain/language.js';
import { type ArchiveQuestion, readArchiveQuestions } from './evaluation/archive-questions.js';
import type { ArticleStoreReader } from './storage/article-store.js';
import { detectLanguage } from './text/detect-language.js';

/** Questions shown of each language. */
const SHOWN = 4;
/** Articles whose titles are looked at when no question fits. */
const TITLES_READ = 40;

type Samples = Readonly<Record<Language, readonly string[]>>;

/**
 * What people can ask an archive to begin with: of the given questions those that an article in it answers, from all over
 * the list; in a language that has none, titles of articles.
 * @param file  JSON Lines of questions (evaluation/archive-questions.ts), written for one archive and perhaps not for this.
 */
export async function readSampleQuestions(file: string, store: ArticleStoreReader): Promise<Samples> {
  const questions = await readArchiveQuestions([file]);
  const samples: Record<Language, readonly string[]> = { ar: [], en: [] };
  for (const language of LANGUAGES) {
    const asked = questions.filter((question) => question.language === language);
    samples[language] = await answeredQuestions(asked, store);
  }
  if (LANGUAGES.every((language) => samples[language].length > 0)) return samples;
  const titles = await someTitles(store);
  for (const language of LANGUAGES) {
    if (samples[language].length > 0) continue;
    samples[language] = titles.filter((title) => detectLanguage(title) === language).slice(0, SHOWN);
  }
  return samples;
}

async function answeredQuestions(
  questions: readonly ArchiveQuestion[],
  store: ArticleStoreReader,
): Promise<string[]> {
  const found: string[] = [];
  const articles = new Set<string>();
  for (const { text, answers } of spread(questions, questions.length)) {
    const [answer] = answers;
    if (answer === undefined || articles.has(answer.articleId)) continue;
    if ((await store.article(asArticleId(answer.articleId))) === null) continue;
    articles.add(answer.articleId);
    found.push(text);
    if (found.length === SHOWN) break;
  }
  return found;
}

async function someTitles(store: ArticleStoreReader): Promise<string[]> {
  const titles: string[] = [];
  for (const { id } of spread(await store.articleStates(), TITLES_READ)) {
    const title = (await store.article(id))?.title ?? '';
    if (title !== '') titles.push(title);
  }
  return titles;
}

/** `count` items from all over a list, far ones first after each other, the same at every call. */
function* spread<Item>(items: readonly Item[], count: number): Generator<Item> {
  // A step that shares no divisor with the length visits every item once; that of the golden section spreads them best.
  let step = Math.max(1, Math.round(items.length * 0.618));
  while (greatestDivisor(step, items.length) > 1) step += 1;
  for (let i = 0; i < Math.min(count, items.length); i += 1) {
    const item = items[(i * step) % items.length];
    if (item !== undefined) yield item;
  }
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
