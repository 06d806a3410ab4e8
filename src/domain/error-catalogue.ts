/** Whose fault an error is decides its HTTP status family: caller → 4xx, operator → 503, bug → 500. */
export type ErrorFault = 'caller' | 'operator' | 'bug';

interface ErrorEntry {
  readonly fault: ErrorFault;
  readonly httpStatus: number;
  /** One sentence for docs/errors.md: when it happens and what to do. */
  readonly meaning: string;
}

/**
 * Every error that can reach a person, one entry a code. Closed: a code that is not here cannot be thrown.
 * docs/errors.md has one section a code, and a test fails when one is missing.
 */
export const ERROR_CATALOGUE = {
  INVALID_JSON: { fault: 'caller', httpStatus: 400, meaning: 'The request body is not valid JSON.' },
  INVALID_REQUEST: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'A field has a wrong type or a value outside its limits.',
  },
  UNKNOWN_FIELD: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'The request has a field that does not exist.',
  },
  QUERY_EMPTY: { fault: 'caller', httpStatus: 400, meaning: 'The query has no letter or digit in it.' },
  QUERY_TOO_LONG: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'The query is longer than 10,000 characters.',
  },
  BODY_TOO_LARGE: { fault: 'caller', httpStatus: 413, meaning: 'The request body is over the size limit.' },
  UNSUPPORTED_MEDIA_TYPE: {
    fault: 'caller',
    httpStatus: 415,
    meaning: 'The request body is not of a media type that the route reads, or not in UTF-8.',
  },
  ROUTE_NOT_FOUND: { fault: 'caller', httpStatus: 404, meaning: 'There is no such path.' },
  METHOD_NOT_ALLOWED: {
    fault: 'caller',
    httpStatus: 405,
    meaning: 'The path exists, but not with this method.',
  },
  ARTICLE_NOT_FOUND: { fault: 'caller', httpStatus: 404, meaning: 'No article has this id.' },
  TASK_NOT_FOUND: {
    fault: 'caller',
    httpStatus: 404,
    meaning: 'No task has this id, or it was over long ago.',
  },
  TASK_QUEUE_FULL: {
    fault: 'caller',
    httpStatus: 429,
    meaning: 'As many tasks are waiting as may wait; this one was not taken.',
  },
  PASSAGE_NOT_FOUND: { fault: 'caller', httpStatus: 404, meaning: 'No passage has this id.' },
  COLLECTION_NOT_FOUND: { fault: 'caller', httpStatus: 404, meaning: 'No collection has this name.' },
  MODEL_NAME_UNKNOWN: {
    fault: 'caller',
    httpStatus: 404,
    meaning: 'The service has no embedding model of this name.',
  },
  TEXT_TOO_LONG: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'A text has more tokens than the model reads.',
  },
  KEY_MISSING: {
    fault: 'caller',
    httpStatus: 401,
    meaning: 'The route needs a key, and none was sent in a header.',
  },
  KEY_INVALID: { fault: 'caller', httpStatus: 401, meaning: 'There is no such key.' },
  KEY_EXPIRED: {
    fault: 'caller',
    httpStatus: 401,
    meaning: 'The key was made to end at a time that has come.',
  },
  KEY_REVOKED: { fault: 'caller', httpStatus: 401, meaning: 'The key was revoked.' },
  KEY_IN_ADDRESS: {
    fault: 'caller',
    httpStatus: 401,
    meaning: 'A key was sent in the address, where it is logged and remembered; it belongs in a header.',
  },
  KEY_SCOPE_MISSING: {
    fault: 'caller',
    httpStatus: 403,
    meaning: 'The key is valid, but was not made for this.',
  },
  KEY_NOT_FOUND: { fault: 'caller', httpStatus: 404, meaning: 'No key has this id.' },
  HOST_NOT_ALLOWED: {
    fault: 'caller',
    httpStatus: 403,
    meaning: 'The request was sent to a name that is not known to be of this service.',
  },
  ORIGIN_NOT_ALLOWED: {
    fault: 'caller',
    httpStatus: 403,
    meaning: 'A web page of another origin sent the request, and that origin is not on the list.',
  },
  REQUEST_TOO_SLOW: {
    fault: 'caller',
    httpStatus: 408,
    meaning: 'The request did not arrive within the time that it may take.',
  },
  RATE_LIMITED: {
    fault: 'caller',
    httpStatus: 429,
    meaning: 'The key, or the address, has sent more requests than it may in this minute.',
  },
  OVERLOADED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'More is asked than the machine can answer in time; this request was turned away at once.',
  },
  TIME_LIMIT_REACHED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The request was given up because it took longer than the time limit.',
  },
  NOT_READY: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The service is still starting; the message says what it is doing.',
  },
  SHUTTING_DOWN: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The service is stopping and takes no new work.',
  },

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

  MODEL_NOT_FOUND: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The model folder or one of its files is missing.',
  },
  MODEL_CARD_INVALID: { fault: 'operator', httpStatus: 503, meaning: 'model-card.json is not a model card.' },
  MODEL_FILE_ALTERED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A model file is not the one that the card describes (size or SHA-256).',
  },
  MODEL_UNUSABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The model was read but cannot be run, or cannot be fetched.',
  },
  MODEL_CHANGED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The archive was embedded by another model; the next start of the service embeds it again.',
  },
  EMBEDDING_FAILED: { fault: 'bug', httpStatus: 500, meaning: 'The model gave no usable vector for a text.' },

  STORE_UNUSABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The database cannot be opened, or is damaged.',
  },
  STORE_BEHIND: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The database lacks changes that were acknowledged.',
  },
  STORE_NEWER_SCHEMA: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The database was written by a newer version of the program.',
  },
  STORE_LOCKED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'Another process is using this index folder.',
  },
  DISK_FULL: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The disk is full; nothing that was stored is lost.',
  },
  STORE_READ_ONLY: { fault: 'operator', httpStatus: 503, meaning: 'The index folder cannot be written to.' },
  BACKUP_INVALID: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The file is not a backup, or it is cut or damaged; nothing of it was used.',
  },
  BACKUP_FILE_UNUSABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The file or folder of a backup cannot be read or written.',
  },
  BACKUP_EXISTS: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'There is a file where the backup is to be; it is kept.',
  },
  INDEX_NOT_EMPTY: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'The index folder that a backup is to be restored to holds an archive; it is kept.',
  },
  VECTOR_DIMENSION_MISMATCH: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'A vector has another length than the index.',
  },
  VECTOR_NOT_FINITE: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'A vector has a number that is NaN or infinite.',
  },
  VECTOR_LABEL_INVALID: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'A label is not an integer from 0 to 4,294,967,295.',
  },

  EVALUATION_FOLDER_INVALID: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'The folder is not a BEIR question set.',
  },
  EVALUATION_RUN_INVALID: {
    fault: 'caller',
    httpStatus: 400,
    meaning: 'A saved run or baseline cannot be read, or is of another question set.',
  },
  WORKER_STOPPED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'A worker thread stopped; the message says which and why.',
  },
  INTERNAL: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'Something went wrong that should not; the log has the details under the request id.',
  },
} as const satisfies Record<string, ErrorEntry>;
