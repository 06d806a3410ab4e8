import type { ApiDocument } from '../../fuzz/api-document.js';
import { type GivenReply, ReplyChecker } from '../../fuzz/reply-checker.js';
import { document } from './openapi-document.js';

const checker = new ReplyChecker(document as unknown as ApiDocument);

/** What about a reply is not as the OpenAPI document says; empty when all of it is. */
export function replyProblems(reply: GivenReply): string[] {
  return checker.replyProblems(reply);
}
