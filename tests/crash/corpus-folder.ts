import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ledger } from './ledger.js';
import { between } from './seeded-random.js';
import { type ArticleWriter, toLine, type WrittenArticle } from './written-article.js';

const IDS = 12;

/** The folder of articles that the service brings its archive up to at every start. */
export class CorpusFolder {
  readonly path: string;
  readonly #ledger: Ledger;
  readonly #writer: ArticleWriter;
  readonly #articles = new Map<string, WrittenArticle>();
  readonly #changed = new Set<string>();

  constructor(folder: string, ledger: Ledger, writer: ArticleWriter) {
    this.path = folder;
    this.#ledger = ledger;
    this.#writer = writer;
    mkdirSync(folder, { recursive: true });
    for (let i = 1; i <= IDS; i += 1) this.#set(`corpus/${i}`, writer.next(`corpus/${i}`));
    this.#save();
  }

  /** While the service does not run: some articles are replaced, some go, some come back; something is changed always. */
  change(random: () => number): void {
    for (let i = between(random, 1, 4); i > 0; i -= 1) {
      const id = `corpus/${between(random, 1, IDS)}`;
      this.#set(id, i > 1 && random() < 0.3 ? null : this.#writer.next(id));
    }
    this.#save();
  }

  /** Takes the place of all articles. */
  replace(articles: readonly WrittenArticle[]): void {
    for (const id of [...this.#articles.keys()]) this.#set(id, null);
    for (const article of articles) this.#set(article.id, article);
    this.#save();
  }

  /** To be told when the service is ready: then its archive must hold exactly what the folder does. */
  taken(): void {
    for (const id of this.#changed) this.#ledger.acknowledge(id, this.#articles.get(id) ?? null);
    this.#changed.clear();
  }

  #set(id: string, state: WrittenArticle | null): void {
    if (state === null) this.#articles.delete(id);
    else this.#articles.set(id, state);
    this.#ledger.send(id, state);
    this.#changed.add(id);
  }

  #save(): void {
    const file = path.join(this.path, 'articles.jsonl');
    writeFileSync(`${file}.new`, [...this.#articles.values()].map(toLine).join('\n'));
    renameSync(`${file}.new`, file);
  }
}
