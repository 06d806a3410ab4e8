import type { IncomingMessage } from 'node:http';
import accepts from 'accepts';

/** Whether a caller would rather have HTML than JSON, as browsers say when a person goes to a page. */
export function prefersHtml(req: IncomingMessage): boolean {
  return (
    accepts(req as Parameters<typeof accepts>[0]).type(['application/json', 'text/html']) === 'text/html'
  );
}
