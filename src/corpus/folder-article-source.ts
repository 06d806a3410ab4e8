import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import type { ArticleFile } from './article-file.js';
import type { ArticleSource, SourceItem } from './article-source.js';
import { createJsonlArticleSource } from './jsonl-article-source.js';
import { createMarkdownArticleSource } from './markdown-article-source.js';
import { createTextArticleSource } from './text-article-source.js';
import { systemCode, unreadableFile } from './unreadable-file.js';

/** One adapter a format. */
const SOURCE_BY_EXTENSION: ReadonlyMap<string, (file: ArticleFile) => ArticleSource> = new Map([
  ['.txt', createTextArticleSource],
  ['.md', createMarkdownArticleSource],
  ['.jsonl', createJsonlArticleSource],
]);

/**
 * Reads all articles of a folder tree, or of one file: each file by the adapter of its extension. In a tree, names are
 * taken in code unit order, and dotfiles and other extensions are passed over in silence.
 *
 * Files are named by their path from `root` (a single file by its own name), so ids are the same on every machine.
 * A folder or file that cannot be read is a problem, and the rest still comes.
 *
 * @throws CORPUS_NOT_FOUND, CORPUS_UNREADABLE (root itself), FORMAT_UNKNOWN (a single file), before the first item.
 */
export function createFolderArticleSource(root: string): ArticleSource {
  return { articles: (signal) => readRoot(root, signal) };
}

async function* readRoot(root: string, signal: AbortSignal | undefined): AsyncGenerator<SourceItem> {
  const kind = await stat(root).catch((cause: unknown) => {
    throw systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR'
      ? new FihristError('CORPUS_NOT_FOUND', `There is no folder or file ${root}.`, {
          details: { path: root },
          cause,
        })
      : unreadableFile(root, cause);
  });
  if (kind.isDirectory()) {
    const entries = await readdir(root, { withFileTypes: true }).catch((cause: unknown) => {
      throw unreadableFile(root, cause);
    });
    yield* walk({ location: root, name: '', entries, ancestors: [await realpath(root)] }, signal);
    return;
  }
  if (!kind.isFile()) {
    // A pipe or device would be waited for, or read, without end.
    throw new FihristError('CORPUS_UNREADABLE', `${root} is neither a folder nor a file.`, {
      details: { path: root },
    });
  }
  const file = { location: root, name: path.basename(root) };
  const createSource = sourceFor(file);
  if (createSource === undefined) {
    throw new FihristError(
      'FORMAT_UNKNOWN',
      `${root} is none of ${[...SOURCE_BY_EXTENSION.keys()].join(', ')}.`,
      {
        details: { path: root },
      },
    );
  }
  yield* createSource(file).articles(signal);
}

interface OpenFolder {
  readonly location: string;
  /** Path from the root; empty for the root itself. */
  readonly name: string;
  readonly entries: readonly Dirent[];
  /** Real paths of this folder and those above it: a link to one of them would never end. */
  readonly ancestors: readonly string[];
}

async function* walk(folder: OpenFolder, signal: AbortSignal | undefined): AsyncGenerator<SourceItem> {
  const visible = folder.entries.filter((entry) => !entry.name.startsWith('.'));
  for (const entry of visible.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    signal?.throwIfAborted();
    const file = {
      location: path.join(folder.location, entry.name),
      name: folder.name === '' ? entry.name : `${folder.name}/${entry.name}`,
    };
    yield* readEntry(file, { entry, ancestors: folder.ancestors }, signal);
  }
}

async function* readEntry(
  file: ArticleFile,
  found: { readonly entry: Dirent; readonly ancestors: readonly string[] },
  signal: AbortSignal | undefined,
): AsyncGenerator<SourceItem> {
  let folder: OpenFolder | undefined;
  const createSource = sourceFor(file);
  try {
    const kind = found.entry.isSymbolicLink() ? await stat(file.location) : found.entry;
    if (kind.isDirectory()) {
      folder = await openFolder(file, found.ancestors);
    } else if (!kind.isFile() || createSource === undefined) {
      return;
    }
  } catch (cause) {
    const isForeignLink = found.entry.isSymbolicLink() && createSource === undefined;
    if (!isForeignLink) {
      yield { kind: 'problem', error: unreadableFile(file.name, cause), unread: file.name };
    }
    return;
  }
  if (folder !== undefined) {
    yield* walk(folder, signal);
  } else if (createSource !== undefined) {
    yield* createSource(file).articles(signal);
  }
}

/** A folder that is already open above has no entries: it was reached by a link in a circle. */
async function openFolder(file: ArticleFile, ancestors: readonly string[]): Promise<OpenFolder> {
  const real = await realpath(file.location);
  const entries = ancestors.includes(real) ? [] : await readdir(file.location, { withFileTypes: true });
  return { ...file, entries, ancestors: [...ancestors, real] };
}

function sourceFor(file: ArticleFile): ((file: ArticleFile) => ArticleSource) | undefined {
  return SOURCE_BY_EXTENSION.get(path.extname(file.name).toLowerCase());
}
