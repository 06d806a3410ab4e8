import type { ErrorEntry } from './error-entry.js';

/** What can be wrong with settings, with the articles that are read, and with articles that are sent. See error-catalogue.ts. */
export const CORPUS_ERRORS = {
  SETTING_INVALID: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A setting has a value that is not allowed.',
  },
  KEYS_NEEDED: {
    fault: 'operator',
    httpStatus: 503,
    meaning:
      'Other machines could reach the service, and there is no key; the message tells how to make one.',
  },
  PORT_IN_USE: { fault: 'operator', httpStatus: 503, meaning: 'Another program listens on the port.' },
  CORPUS_NOT_FOUND: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The folder or file of articles does not exist.',
  },
  CORPUS_UNREADABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A folder or file of articles cannot be read.',
  },
  CORPUS_EMPTY: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A collection that had articles gives none any more; nothing is removed.',
  },
  ARTICLE_FILE_EMPTY: { fault: 'caller', httpStatus: 400, meaning: 'The file holds no text.' },
  ARTICLE_FILE_BINARY: { fault: 'caller', httpStatus: 400, meaning: 'The file holds binary data, not text.' },
  ARTICLE_FILE_NOT_UTF8: { fault: 'caller', httpStatus: 400, meaning: 'The file is not valid UTF-8.' },
  ARTICLE_FILE_TOO_LARGE: {
    fault: 'caller',
    httpStatus: 413,
    meaning: 'The file is over the size limit of one article.',
  },
  ARTICLE_INVALID: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'An article has a field with a wrong type or value.',
  },
  ARTICLE_LINE_INVALID: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'A line of JSON Lines is not an article; the other lines are indexed.',
  },
  ARTICLE_ID_DUPLICATE: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'The id is taken by another article, of the same collection or another; that one is kept.',
  },
  ARTICLE_OF_CORPUS: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'The article comes from the corpus folder, which would bring it back; remove its file there.',
  },
  ARTICLE_WITHOUT_TEXT: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'Nothing of the article is left after cleaning.',
  },
  FORMAT_UNKNOWN: { fault: 'caller', httpStatus: 400, meaning: 'The file is none of .txt, .md, .jsonl.' },
} as const satisfies Record<string, ErrorEntry>;
