// Stories that are told in Arabic and in English, cut into passages that have a counterpart in the other language.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanArticle } from '../../dist/corpus/clean-article.js';
import { createFolderArticleSource } from '../../dist/corpus/folder-article-source.js';
import { splitArticle } from '../../dist/passages/split-article.js';

/** Sentences of a passage that is made of parallel lines. */
const LINES_A_PASSAGE = 4;
/** Every n-th document is taken, so that there are about this many. */
const DOCUMENTS = 60;

/**
 * Translations: consecutive lines of one document. `X.documents.txt` names the document of each line of `X.ar.txt` and
 * `X.en.txt`, which say the same.
 */
export function readTranslations(folder, name = 'news') {
  const files = ['ar', 'en', 'documents'].map((part) => path.join(folder, `${name}.${part}.txt`));
  for (const file of files) if (!existsSync(file)) throw new Error(`There is no ${file}.`);
  const [ar, en, documents] = files.map((file) => readFileSync(file, 'utf8').trimEnd().split('\n'));
  if (ar.length !== en.length || ar.length !== documents.length) throw new Error(`${name}: the files differ in lines.`);
  const lines = new Map(documents.map((document) => [document, []]));
  documents.forEach((document, line) => lines.get(document).push(line));
  const step = Math.max(1, Math.floor(lines.size / DOCUMENTS));
  return [...lines.keys()]
    .filter((_, place) => place % step === 0)
    .flatMap((story, place) =>
      cut(lines.get(story)).flatMap((numbers, part) =>
        Object.entries({ ar, en }).map(([language, texts]) => {
          const sentences = numbers.map((line) => texts[line]);
          return { set: 'translations', story, part, language, sentences, text: sentences.join(' '), title: '', held: place % 2 === 1 };
        }),
      ),
    );
}

/** The last passage takes a single line that would be left. */
function cut(lines) {
  const parts = [];
  for (let start = 0; start < lines.length; ) {
    const end = lines.length - start - LINES_A_PASSAGE < 2 ? lines.length : start + LINES_A_PASSAGE;
    parts.push(lines.slice(start, end));
    start = end;
  }
  return parts;
}

/**
 * The sample archive. Articles whose ids differ in `-ar` and `-en` alone tell one subject, paragraph by paragraph, each
 * in its own words; the rest are other stories.
 */
export async function readArchive(folder) {
  const articles = [];
  for await (const item of createFolderArticleSource(folder).articles()) {
    if (item.kind !== 'problem') articles.push(cleanArticle(item.article));
  }
  const subjectOf = ({ id }) => id.replace(/-(ar|en)$/, '');
  const subjects = [...new Set(articles.map(subjectOf))].sort();
  return articles.flatMap((article) => {
    const story = subjectOf(article);
    return splitArticle(article).map(({ text, language, ordinal, sentences }) => ({
      set: 'retellings',
      story,
      article: article.id,
      part: ordinal,
      language,
      text,
      sentences: sentences.map(({ start, end }) => text.slice(start, end)),
      title: article.title,
      held: subjects.indexOf(story) % 2 === 1,
    }));
  });
}
