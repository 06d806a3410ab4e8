import type { ErrorEntry } from './error-entry.js';

/** What can be wrong with a request, and with answering it. See error-catalogue.ts. */
export const REQUEST_ERRORS = {
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
  MEMORY_SHORT: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The process is near its memory ceiling; this request was turned away at once.',
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
} as const satisfies Record<string, ErrorEntry>;
