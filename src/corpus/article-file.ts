import path from 'node:path';

/** A file of articles, known by two names: where the system finds it, and what messages and ids call it. */
export interface ArticleFile {
  /** Path that the file system understands. */
  readonly location: string;
  /** Path from the root of the corpus, with `/` between folders: the same on every machine. */
  readonly name: string;
}

/** The id of an article whose author gave none: the file's name without its extension. */
export function defaultArticleId(file: ArticleFile): string {
  const extension = path.posix.extname(file.name);
  return extension === '' ? file.name : file.name.slice(0, -extension.length);
}
