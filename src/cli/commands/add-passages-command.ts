import type { Command } from 'commander';
import { directionOf } from '../../domain/language.js';
import { printJson, printLines } from '../cli-io.js';
import type { PreviewItem } from '../cli-services.js';
import type { CommandContext } from '../create-program.js';
import { formatPreview } from '../format-preview.js';
import { problemToJson } from '../format-problems.js';
import { exitCodeOf } from '../report-error.js';
import { screenLayout } from '../screen-layout.js';

/** `fihrist passages`: what would be indexed of a file, and what not. */
export function addPassagesCommand(program: Command, { services, io, exitWith }: CommandContext): void {
  program
    .command('passages')
    .description('Show what would be indexed of a file and what is dropped, and why. Needs no model.')
    .argument('<file>', 'a file of articles (.txt, .md, .jsonl)')
    .option('--json', 'print articles, passages and dropped blocks as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist passages articles/en/suez-canal.md')
    .action(async (file: string, options: { json?: true }) => {
      const items: PreviewItem[] = [];
      for await (const item of services.previewFile(file)) {
        io.interrupted.throwIfAborted();
        items.push(item);
      }
      if (options.json) printJson(io, previewToJson(items));
      else printLines(io, formatPreview(items, screenLayout(io).width));
      const firstProblem = items.find((item) => 'problem' in item);
      if (firstProblem !== undefined && items.every((item) => 'problem' in item)) {
        exitWith(exitCodeOf(firstProblem.problem.fault));
      }
    });
}

function previewToJson(items: readonly PreviewItem[]) {
  return {
    articles: items.flatMap((item) => ('problem' in item ? [] : [articleToJson(item)])),
    problems: items.flatMap((item) => ('problem' in item ? [problemToJson(item.problem)] : [])),
  };
}

function articleToJson({ article, passages }: Exclude<PreviewItem, { problem: unknown }>) {
  return {
    id: article.id,
    title: article.title,
    url: article.url ?? null,
    language: article.language,
    dir: directionOf(article.language),
    published_at: article.publishedAt ?? null,
    passages: passages.map((passage) => ({
      id: passage.id,
      text: passage.text,
      language: passage.language,
      dir: directionOf(passage.language),
      sentences: passage.sentences.map(({ start, end }) => ({ start, end })),
    })),
    dropped: article.dropped.map(({ reason, text, line }) => ({ reason, text, line })),
  };
}
