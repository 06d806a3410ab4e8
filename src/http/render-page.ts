import { createHash } from 'node:crypto';
import { Marked } from 'marked';

/** A page of HTML, and the policy that lets a browser load what belongs to it and nothing else. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.5rem; padding-top: 0.5rem; border-top: 1px solid #8884; scroll-margin-top: 0.5rem; }
h2:target { background: #fc03; }
h2 a { color: inherit; text-decoration: none; }
h2 a:hover { text-decoration: underline; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
code { background: #8882; padding: 0.1em 0.3em; border-radius: 0.2em; }
pre { background: #8882; padding: 0.8rem 1rem; overflow-x: auto; border-radius: 0.3em; }
pre code { background: none; padding: 0; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 0.25rem solid #8888; }
table { border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #8884; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const marked = new Marked({
  renderer: {
    // The heading in lower case is the name that links know it by: `#query_empty`.
    heading({ tokens, depth, text }) {
      const id = anchorOf(text);
      const words = this.parser.parseInline(tokens);
      return depth === 1
        ? `<h1>${words}</h1>\n`
        : `<h${depth} id="${id}"><a href="#${id}">${words}</a></h${depth}>\n`;
    },
  },
});

/**
 * A page of the documentation for browsers. Needs nothing but itself.
 * @param markdown  Our own text: HTML in it would be left as it is.
 */
export function renderPage(markdown: string, title: string): Page {
  const body = marked.parse(markdown, { async: false });
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${body}</body>
</html>
`,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, '-');
}
