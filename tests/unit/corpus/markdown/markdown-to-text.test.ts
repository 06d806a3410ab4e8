import { expect, it } from 'vitest';
import { markdownToText } from '../../../../src/corpus/markdown/markdown-to-text.js';

it.each([
  ['headings', '# One\n## Two ##\ntext', 'One\n\nTwo\n\ntext'],
  ['underlined headings', 'One\n===\ntext', 'One\n\ntext'],
  ['emphasis', 'a **bold** and *thin* and __both__ ~~gone~~', 'a bold and thin and both gone'],
  [
    'links',
    'see [the page](https://example.org/a_(b) "title") and [that][1]\n\n[1]: https://example.org',
    'see the page and that',
  ],
  ['images', 'before ![a ship](ship.png) after', 'before  after'],
  ['lists', '- salt\n* stone\n1. rope', '• salt\n• stone\n1. rope'],
  ['task lists', '- [x] done', '• done'],
  ['quotations', '> first\n> second', 'first second'],
  ['wrapped paragraphs', 'first line\nsecond line\n\nnext', 'first line second line\n\nnext'],
  ['tables', '| a | b |\n|---|---|\n| 1 | 2 |', 'a, b\n1, 2'],
  ['rules', 'a\n\n---\n\nb', 'a\n\nb'],
  ['comments and tags', 'a <!-- no -->b<br>c <em>d</em>', 'a b c d'],
  ['entities', 'a &amp; b &#1576; &hellip;', 'a & b ب …'],
  ['escapes', '\\*not emphasis\\*', '*not emphasis*'],
  ['code', 'the `a_b*c` field\n\n```js\nconst a = 1; // *x*\n```', 'the a_b*c field\n\nconst a = 1; // *x*'],
  ['footnote marks', 'a claim[^1] here', 'a claim here'],
  ['Arabic', '## عنوان\n\nنص **غامق** هنا.', 'عنوان\n\nنص غامق هنا.'],
])('reduces %s to text', (_name, markdown, text) => {
  expect(markdownToText(markdown)).toBe(text);
});

it.each(['5*3 and 2 * 3', 'snake_case_name', '2021. It was late', 'a < b and c > d'])(
  'leaves "%s" alone',
  (text) => {
    expect(markdownToText(text)).toBe(text);
  },
);
