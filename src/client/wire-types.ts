/*
 * What goes over the wire, field by field. Made of the OpenAPI document, and so of the schemas that the service checks
 * requests by; not to be edited: `npm run client:types` writes it anew.
 */

/** A question. */
export interface SearchRequest {
  /** The question, in Arabic or English: 1 to 10000 characters (UTF-16 code units), at least one letter or digit. Words in quotes are a phrase. */
  query: string;
  /** How many hits are wanted: passages, or articles with `group_by`. */
  limit?: number;
  /** How many hits are skipped; `offset` + `limit` is at most 1000. */
  offset?: number;
  /** How passages are found: by meaning and words, by meaning alone, or by words alone. */
  mode?: 'hybrid' | 'dense' | 'keyword';
  /** Languages of the passages (not of the question) that may be found. Default: both. */
  languages?: ('ar' | 'en')[];
  /** What the articles must be. Default: anything. */
  filters?: SearchFilter;
  /** Makes each article one hit, its best passage. Default: each passage is a hit. */
  group_by?: 'article';
  /** How much a hit must differ from those before it: 0 leaves the order alone; at 1 nothing but that counts after the first hit. */
  diversity?: number;
  /** Whether each hit tells what its score is made of. */
  explain?: boolean;
}

/** What an article must be: a condition, or a group of conditions and groups. At most 100 conditions in all, 5 deep. */
export type SearchFilter =
  | TextCondition
  | TextListCondition
  | LanguageCondition
  | LanguageListCondition
  | DateCondition
  | DateListCondition
  | FilterGroup;

/** Tags, source or id are, or are not, a value. */
export interface TextCondition {
  /** "eq": is the value (of tags: has it); "ne": is not the value (of tags: has it not). */
  type: 'eq' | 'ne';
  /** What is looked at: the tags of the article, its collection, or its id. Compared letter by letter. */
  key: 'tags' | 'source' | 'article_id';
  /** What it is compared with. */
  value: string;
}

/** Tags, source or id are among values, or are not. */
export interface TextListCondition {
  /** "in": one of the values; "nin": none of them. */
  type: 'in' | 'nin';
  /** What is looked at: the tags of the article, its collection, or its id. Compared letter by letter. */
  key: 'tags' | 'source' | 'article_id';
  /** What it is compared with. */
  value: string[];
}

/** The article is, or is not, in a language. */
export interface LanguageCondition {
  /** "eq": in this language; "ne": not in it. */
  type: 'eq' | 'ne';
  /** The language of the article as a whole. */
  key: 'language';
  /** A language. */
  value: 'ar' | 'en';
}

/** The article is in one of several languages, or in none. */
export interface LanguageListCondition {
  /** "in": in one of the languages; "nin": in none of them. */
  type: 'in' | 'nin';
  /** The language of the article as a whole. */
  key: 'language';
  /** Languages. */
  value: ('ar' | 'en')[];
}

/** The article was published then, before or after. */
export interface DateCondition {
  /** "eq": within the value; "ne": not within; "gt": after it; "gte": within or after; "lt", "lte": before. */
  type: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
  /** When the article was published. */
  key: 'published_at';
  /** ISO 8601 date or date-time. A year, month or day stands for all of it; without a zone a time is UTC. */
  value: string;
}

/** The article was published in one of several periods, or in none. */
export interface DateListCondition {
  /** "in": within one of the values; "nin": within none of them. */
  type: 'in' | 'nin';
  /** When the article was published. */
  key: 'published_at';
  /**
   * When.
   *
   * Items: ISO 8601 date or date-time. A year, month or day stands for all of it; without a zone a time is UTC.
   */
  value: string[];
}

/** Conditions and groups that hold together. */
export interface FilterGroup {
  /** "and": all of them hold; "or": at least one does. */
  type: 'and' | 'or';
  /** Conditions and groups. */
  filters: SearchFilter[];
}

/** The passages that answer a question. */
export interface SearchReply {
  /** Best first. Fewer than `limit` when there are no more; then the list may be empty. */
  hits: SearchHit[];
  /** Passages that the question was asked of: all that `languages` and `filters` admit. */
  total: number;
  /** Language that the question was taken to be in. */
  query_language: 'ar' | 'en';
  /** Whether the archive is likely to answer the question at all; null in mode "keyword". */
  answerable: boolean | null;
  /** The probability of that, 0 to 1; null in mode "keyword". */
  answer_probability: number | null;
  /** Milliseconds from the arrival of the request to the result, to a tenth. */
  took_ms: number;
  /** A number that rises with every change of what can be found; pages of one generation fit together. */
  index_generation: number;
  /** Names the model, and the preparation of texts, that vectors are made by. */
  model_fingerprint: string;
}

/** A passage that was found. */
export interface SearchHit {
  /** Id of the passage. */
  id: string;
  /** Id of the article that it is a passage of. */
  article_id: string;
  /** Title of the article; empty when it has none. */
  title: string;
  /** Where the article was published; null when it was not told. */
  url: string | null;
  /** Language of the passage. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** The passage, untouched. */
  text: string;
  /** How well it answers; higher is better. Comparable within one reply only. No unit. */
  score: number;
  /** The sentence of `text` that answers best. */
  best_sentence: Span;
  /** Words and phrases of the question in `text`, in order, without overlap. */
  highlights: Span[];
  /** When it was published: the ISO 8601 date or date-time of the article as it stands; or null. */
  published_at: string | null;
  /** Only when `explain` was true. */
  explanation?: Explanation;
  /** Only when `group_by` was "article". */
  group?: PassageGroup;
}

/** A part of a text: `text.slice(start, end)` in JavaScript. */
export interface Span {
  /** Where it begins, in UTF-16 code units from the start of the text. */
  start: number;
  /** Where it ends, in UTF-16 code units; the unit there is not part of it. */
  end: number;
}

/** How a hit was found, and what its score is made of. */
export interface Explanation {
  /** What found the passage: its vector ("dense"), its words ("keyword"), or both. */
  found_by: ('dense' | 'keyword')[];
  /** What the score is made of. */
  features: {
    /** Name of the feature. */
    name: string;
    /** How well the passage does in it. No unit. */
    value: number;
    /** What it counts. No unit. */
    weight: number;
    /** value × weight; the shares of all features add up to `score`. */
    share: number;
  }[];
  /** The words of the question as they are compared, in order. */
  query_tokens: {
    /** The word as it was asked. */
    text: string;
    /** What the word is found by. */
    stem: string;
    /** Whether nothing is found by it outside quotes. */
    stop_word: boolean;
  }[];
}

/** The passages of one article that were found. */
export interface PassageGroup {
  /** Passages of the article that were found, the shown one among them. */
  count: number;
  /** The best of the passages that are not shown, best first. */
  others: {
    /** Id of the passage. */
    id: string;
    /** Its score, comparable with that of the hit. No unit. */
    score: number;
  }[];
}

/** The passages that are about the same as a passage. */
export interface RelatedReply {
  /** Id of the passage that was asked about. */
  passage_id: string;
  /** Nearest first. */
  hits: RelatedHit[];
  /** Milliseconds from the arrival of the request to the result, to a tenth. */
  took_ms: number;
  /** A number that rises with every change of what can be found; pages of one generation fit together. */
  index_generation: number;
  /** Names the model, and the preparation of texts, that vectors are made by. */
  model_fingerprint: string;
}

/** A passage that is about the same as another. */
export interface RelatedHit {
  /** Id of the passage. */
  id: string;
  /** Id of the article that it is a passage of. */
  article_id: string;
  /** Title of the article; empty when it has none. */
  title: string;
  /** Where the article was published; null when it was not told. */
  url: string | null;
  /** Language of the passage. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** The passage, untouched. */
  text: string;
  /** How near it is; higher is nearer, about 0 to 1. Not comparable with that of a search. No unit. */
  score: number;
  /** The sentence nearest to the passage. */
  best_sentence: Span;
  /** Words and phrases of the question in `text`, in order, without overlap. */
  highlights: Span[];
  /** When it was published: the ISO 8601 date or date-time of the article as it stands; or null. */
  published_at: string | null;
  /** Whether it tells the same: in the other language, or as a near copy. Null when nothing was measured for the model. */
  same_story: boolean | null;
}

/** A text that is to be analysed. */
export interface AnalyzeRequest {
  /** What is to be analysed, read as a question is: 1 to 10000 characters (UTF-16 code units), at least one letter or digit. */
  text: string;
}

/** What the words of a text are compared by. */
export interface AnalyzeReply {
  /** Language that the text was taken to be in. */
  language: 'ar' | 'en';
  /** The words, in order. */
  tokens: AnalyzedToken[];
  /** The quoted phrases, each as its folded words, which must stand next to each other. */
  phrases: string[][];
}

/** A word, and what it is compared by. */
export interface AnalyzedToken {
  /** Where it begins, in UTF-16 code units from the start of the text. */
  start: number;
  /** Where it ends, in UTF-16 code units; the unit there is not part of it. */
  end: number;
  /** The word as its author spelled it: `text.slice(start, end)` of the request. */
  text: string;
  /** Without vowels, accents and letter forms: what a quoted phrase is compared by. */
  folded: string;
  /** Also without attached letters and endings: what a word is found by. */
  stem: string;
  /** Whether nothing is found by it outside quotes. */
  stop_word: boolean;
}

/** A question that wants an answer. */
export interface AnswerRequest {
  /** The question, in Arabic or English: 1 to 10000 characters (UTF-16 code units), at least one letter or digit. */
  question: string;
  /** What was said before, oldest first, at most 100 entries: so that "and in Cairo?" is understood. */
  history?: {
    /** Who said it. */
    role: 'user' | 'assistant';
    /** What was said: at most 20000 characters (UTF-16 code units). */
    content: string;
  }[];
  /** Languages of the passages (not of the question) that may be cited. Default: both. */
  languages?: ('ar' | 'en')[];
  /** What the articles must be. Default: anything. */
  filters?: SearchFilter;
  /** Whether the answer comes bit by bit, as server-sent events. Default: when `Accept` prefers `text/event-stream`. */
  stream?: boolean;
}

/** An answer with its sources. */
export interface AnswerReply {
  /** "no_answer" when the archive does not answer: then `sources` are what comes nearest. */
  status: 'answered' | 'no_answer';
  /** "extract": sentences of the archive, word for word; "model": written by a language model from its passages. */
  method: 'extract' | 'model';
  /** Why the archive is quoted although there is a language model: what it did; else null. */
  fallback:
    | (
        | 'unreachable'
        | 'refused'
        | 'timeout'
        | 'cut_off'
        | 'not_understood'
        | 'too_large'
        | 'empty'
        | 'uncited'
      )
    | null;
  /** Language of the question. Quotations are in that of their passage. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** The answer, with markers such as `[1]` behind what a source bears out. */
  text: string;
  /** One for each marker, in order. */
  citations: Citation[];
  /** The passages that were found, best first; not all need be cited. */
  sources: AnswerSource[];
  /** What was searched for: the question, or what it means after what was said before. */
  standalone_question: string;
  /** Whether the archive is likely to answer the question at all; null in mode "keyword". */
  answerable: boolean | null;
  /** The probability of that, 0 to 1; null in mode "keyword". */
  answer_probability: number | null;
  /** Milliseconds from the arrival of the request to the result, to a tenth. */
  took_ms: number;
  /** A number that rises with every change of what can be found; pages of one generation fit together. */
  index_generation: number;
  /** Names the model, and the preparation of texts, that vectors are made by. */
  model_fingerprint: string;
}

/** Which part of an answer a source bears out, and where it does. */
export interface Citation {
  /** Where the statement begins in `text` of the answer, in UTF-16 code units. */
  start: number;
  /** Where it ends; its marker stands behind that. */
  end: number;
  /** The marker in `text` of the answer, such as `[1]`. */
  marker: Span;
  /** The `number` of the source that bears the statement out. */
  source: number;
  /** Id of the passage that the source is. */
  passage_id: string;
  /** The words of that passage, a part of its `text`, that bear it out; null when none were named, or those named do not stand there. */
  quote: Span | null;
  /** Whether `quote` was found in the passage word for word, and no other quotation in the statement is made up. */
  verified: boolean;
}

/** A passage that an answer may point to: a hit of the search. */
export interface AnswerSource {
  /** Id of the passage. */
  id: string;
  /** Id of the article that it is a passage of. */
  article_id: string;
  /** Title of the article; empty when it has none. */
  title: string;
  /** Where the article was published; null when it was not told. */
  url: string | null;
  /** Language of the passage. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** The passage, untouched. */
  text: string;
  /** How well it answers; higher is better. Comparable within one reply only. No unit. */
  score: number;
  /** The sentence of `text` that answers best. */
  best_sentence: Span;
  /** Words and phrases of the question in `text`, in order, without overlap. */
  highlights: Span[];
  /** When it was published: the ISO 8601 date or date-time of the article as it stands; or null. */
  published_at: string | null;
  /** What stands in square brackets in the answer. */
  number: number;
}

/** An article that is to be written. A field that is null is not there. */
export interface ArticleToWrite {
  /** Names it for as long as it lives. Without one, it is named by its title, text and address, so that sending it again does not make a second one. */
  id?: string | null;
  /** Title. Without one, cleaning looks for it in the text. */
  title?: string | null;
  /** The article, raw or clean: menus, share lines and the like are left out. */
  text: string;
  /** Where it was published. */
  url?: string | null;
  /** Its language. Without one, it is told from the text. */
  language?: ('ar' | 'en') | null;
  /** When it was published. */
  published_at?: string | null;
  /** What it is filed under. */
  tags?: string[] | null;
}

/** An article that is on disk and is found by the next search. */
export interface WrittenArticle {
  /** Id of the article. */
  id: string;
  /** What became of it; "unchanged": it was there word for word, and nothing was done. */
  status: 'created' | 'updated' | 'unchanged';
}

/** What became of one of several articles. */
export interface ArticleResult {
  /** Place among those that were sent, from 0. */
  index: number;
  /** Line of the body, from 1, blank lines counted: for NDJSON only. */
  line?: number;
  /** Id of the article; null when it could not be read. */
  id: string | null;
  /** What became of it. */
  status: 'created' | 'updated' | 'unchanged' | 'failed';
  /** Why it failed. What was there under its id stays as it was. */
  error?: ErrorFields;
}

/** How many articles became what. */
export interface ArticleCounts {
  /** Articles that were not there before. */
  created: number;
  /** Articles that were replaced. */
  updated: number;
  /** Articles that were there word for word. */
  unchanged: number;
  /** Articles that something is wrong with; the others went in. */
  failed: number;
}

/** The last line: all articles are done. */
export interface BatchEnd {
  /** How many became what. */
  counts: ArticleCounts;
}

/** An article with all its passages. */
export interface Article {
  /** Id of the article. */
  id: string;
  /** Title of the article; empty when it has none. */
  title: string;
  /** Where the article was published; null when it was not told. */
  url: string | null;
  /** Language of the article. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** When it was published: the ISO 8601 date or date-time of the article as it stands; or null. */
  published_at: string | null;
  /** Its tags, as the article gave them. */
  tags: string[];
  /** Collection that the article was read with. */
  source: string;
  /** When it was last changed in the index (ISO 8601, UTC). */
  updated_at: string;
  /** In reading order: the text of the article without its title. */
  passages: Passage[];
}

/** A paragraph of an article, or a few short ones. */
export interface Passage {
  /** Id of the passage. */
  id: string;
  /** The passage, untouched. */
  text: string;
  /** Language of the passage. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** The sentences of `text`, in order. */
  sentences: Span[];
}

/** A page of the list of articles. */
export interface ArticleList {
  /** By rising id. */
  articles: ArticleSummary[];
  /** The `cursor` of the next page; null when this is the last. */
  next_cursor: string | null;
}

/** An article without its passages. */
export interface ArticleSummary {
  /** Id of the article. */
  id: string;
  /** Title of the article; empty when it has none. */
  title: string;
  /** Where the article was published; null when it was not told. */
  url: string | null;
  /** Language of the article. */
  language: 'ar' | 'en';
  /** Writing direction of the text: "rtl" for Arabic, "ltr" for English. Fit for the `dir` of HTML. */
  dir: 'rtl' | 'ltr';
  /** When it was published: the ISO 8601 date or date-time of the article as it stands; or null. */
  published_at: string | null;
  /** Its tags, as the article gave them. */
  tags: string[];
  /** Collection that the article was read with. */
  source: string;
  /** When it was last changed in the index (ISO 8601, UTC). */
  updated_at: string;
  /** How many passages it has. */
  passage_count: number;
}

/** Articles that are written while nobody waits. */
export interface Task {
  /** Id of the task. */
  id: string;
  /** Where it is: it waits ("queued"), is "running", has come to its last article ("succeeded", also when some of them failed), ended before ("failed", and `error` tells why), or was called off ("cancelled"). */
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Articles that were sent. */
  articles_total: number;
  /** Articles of these that are done, those that failed among them. */
  articles_done: number;
  /** How many became what, so far. */
  counts: ArticleCounts;
  /** How fast it goes; null when it does not run, or has just begun. */
  articles_per_second: number | null;
  /** How long it will take yet, by what is left in bytes; null as before. */
  seconds_left: number | null;
  /** When it was taken (ISO 8601, UTC). */
  created_at: string;
  /** When it began; null as long as it waits. */
  started_at: string | null;
  /** When it was over; null before. */
  finished_at: string | null;
  /** Why it ended before its last article; null when it did not. */
  error: ErrorFields | null;
  /** The first 100 articles that failed; `counts.failed` tells how many there are. */
  errors: {
    /** Place of the article among those that were sent, from 0. */
    index: number;
    /** Its line, from 1; null when an array was sent. */
    line: number | null;
    /** Its id; null when it could not be read. */
    id: string | null;
    /** What is wrong with it. */
    error: ErrorFields;
  }[];
}

/** What was sent is on disk and will be written. */
export interface TaskReply {
  /** The task that was made. */
  task: Task;
}

/** A page of the list of tasks. */
export interface TaskList {
  /** The newest first. */
  tasks: TaskSummary[];
  /** The `cursor` of the next page; null when this is the last. */
  next_cursor: string | null;
}

/** A task without the errors of its articles. */
export interface TaskSummary {
  /** Id of the task. */
  id: string;
  /** Where it is: it waits ("queued"), is "running", has come to its last article ("succeeded", also when some of them failed), ended before ("failed", and `error` tells why), or was called off ("cancelled"). */
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Articles that were sent. */
  articles_total: number;
  /** Articles of these that are done, those that failed among them. */
  articles_done: number;
  /** How many became what, so far. */
  counts: ArticleCounts;
  /** How fast it goes; null when it does not run, or has just begun. */
  articles_per_second: number | null;
  /** How long it will take yet, by what is left in bytes; null as before. */
  seconds_left: number | null;
  /** When it was taken (ISO 8601, UTC). */
  created_at: string;
  /** When it began; null as long as it waits. */
  started_at: string | null;
  /** When it was over; null before. */
  finished_at: string | null;
  /** Why it ended before its last article; null when it did not. */
  error: ErrorFields | null;
}

/** A copy of the archive that it can be restored from. */
export interface Backup {
  /** Id of the backup; rises with time. */
  id: string;
  /** Whether it is being made ("running"), can be restored ("done"), or could not be made or is no whole backup any more ("failed", and `error` tells why). */
  state: 'running' | 'done' | 'failed';
  /** Name of its file in the folder of backups (`FIHRIST_BACKUPS`). */
  name: string;
  /** When it was asked for (ISO 8601, UTC): it holds all that was acknowledged before. */
  created_at: string;
  /** Of its file; null as long as there is none. */
  size_bytes: number | null;
  /** How far it is; null when it does not run, or has just begun. */
  progress: {
    /** What is being done: the database is copied, the copy is checked, both are packed. */
    phase: 'copying' | 'checking' | 'packing' | 'unpacking';
    /** Of this phase; while it checks, as many as there are. */
    bytes_done: number;
    /** Of this phase. */
    bytes_total: number;
  } | null;
  /** What it holds; null when it is not done. */
  content: {
    /** Articles. */
    articles: number;
    /** Passages. */
    passages: number;
    /** Keys of the service, revoked ones too. */
    keys: number;
    /** Tasks that were not over. */
    tasks: number;
    /** Rises with every change of what can be found. */
    index_generation: number;
    /** Of the database. */
    schema_version: number;
    /** Of the program that made it. */
    program_version: string;
  } | null;
  /** Why it failed, or what is wrong with its file; null when nothing is. */
  error: ErrorFields | null;
  /** SHA-256 of each file in it, by name, as it says of itself; null when it is not done. */
  checksums: {
    [k: string]: string;
  } | null;
}

/** A backup is being made. */
export interface BackupReply {
  /** The backup that is being made. */
  backup: BackupSummary;
}

/** A backup without the checksums of its files. */
export interface BackupSummary {
  /** Id of the backup; rises with time. */
  id: string;
  /** Whether it is being made ("running"), can be restored ("done"), or could not be made or is no whole backup any more ("failed", and `error` tells why). */
  state: 'running' | 'done' | 'failed';
  /** Name of its file in the folder of backups (`FIHRIST_BACKUPS`). */
  name: string;
  /** When it was asked for (ISO 8601, UTC): it holds all that was acknowledged before. */
  created_at: string;
  /** Of its file; null as long as there is none. */
  size_bytes: number | null;
  /** How far it is; null when it does not run, or has just begun. */
  progress: {
    /** What is being done: the database is copied, the copy is checked, both are packed. */
    phase: 'copying' | 'checking' | 'packing' | 'unpacking';
    /** Of this phase; while it checks, as many as there are. */
    bytes_done: number;
    /** Of this phase. */
    bytes_total: number;
  } | null;
  /** What it holds; null when it is not done. */
  content: {
    /** Articles. */
    articles: number;
    /** Passages. */
    passages: number;
    /** Keys of the service, revoked ones too. */
    keys: number;
    /** Tasks that were not over. */
    tasks: number;
    /** Rises with every change of what can be found. */
    index_generation: number;
    /** Of the database. */
    schema_version: number;
    /** Of the program that made it. */
    program_version: string;
  } | null;
  /** Why it failed, or what is wrong with its file; null when nothing is. */
  error: ErrorFields | null;
}

/** All backups there are. */
export interface BackupList {
  /** The newest first. */
  backups: BackupSummary[];
}

/** The process is alive. */
export interface Health {
  /** Always "ok": a process that cannot answer does not answer. */
  status: 'ok';
  /** Version of the program. */
  version: string;
}

/** Whether the index is complete, and how far it is. */
export interface Readiness {
  /** The same as the HTTP status: 200 or 503. */
  status: 'ready' | 'not_ready';
  /** Why it is not ready; empty when it is. */
  reasons: {
    /** For programs. */
    code:
      | 'STARTING'
      | 'MODEL_LOADING'
      | 'INDEX_OPENING'
      | 'INDEXING'
      | 'MODEL_CHANGED'
      | 'WORKER_STOPPED'
      | 'WORKER_SILENT'
      | 'MEMORY_SHORT'
      | 'SHUTTING_DOWN';
    /** A sentence for people. */
    message: string;
  }[];
  /** What needs attention, though searches are answered: why the last write failed. */
  warnings: {
    /** For programs. */
    code:
      'DISK_FULL' | 'STORE_READ_ONLY' | 'STORE_LOCKED' | 'STORE_UNUSABLE' | 'WORKER_SILENT' | 'MEMORY_SHORT';
    /** A sentence for people. */
    message: string;
  }[];
  /** How far the run that is going on is; null when none is. */
  indexing: {
    /** Articles that are done. */
    articles_done: number;
    /** Articles that there are to do. */
    articles_total: number;
  } | null;
}

/** What `related` may be asked for. */
export interface RelatedParameters {
  /** How many passages are wanted. */
  limit?: number;
  /** Languages of the passages that may be found: a list with commas, or the parameter given twice. Default: both. */
  languages?: ('ar' | 'en')[];
  /** Whether passages of the passage's own article may be found, too. */
  same_article?: boolean;
}

/** What `articles` may be asked for. */
export interface ArticleListParameters {
  /** How many there are on a page. */
  limit?: number;
  /** Where the page begins: the `next_cursor` of the page before. Default: at the beginning. */
  cursor?: string;
  /** Articles of this language. Default: both. */
  language?: 'ar' | 'en';
  /** Articles that have this tag, compared letter by letter. */
  tag?: string;
  /** Articles of this collection: "corpus" for those of the corpus folder, "api" for those that came over HTTP. */
  source?: string;
  /** Articles published then or later. A day, month or year counts from its beginning. */
  published_from?: string;
  /** Articles published then or earlier. A day, month or year counts to its end. */
  published_to?: string;
}

/** What `tasks` may be asked for. */
export interface TaskListParameters {
  /** How many there are on a page. */
  limit?: number;
  /** Where the page begins: the `next_cursor` of the page before. Default: at the beginning. */
  cursor?: string;
  /** Tasks in these states: a list with commas, or the parameter given again. Default: all. */
  states?: ('queued' | 'running' | 'succeeded' | 'failed' | 'cancelled')[];
}

/** What went wrong. */
export interface ErrorFields {
  /** What went wrong, from a closed list. Programs should look at this alone. */
  code: ErrorCode;
  /** One or two sentences for people. The wording may change. */
  message: string;
  /** Whose fault it is: "caller" (change the request), "operator" (change the installation, or wait), "bug" (report it). */
  type: 'caller' | 'operator' | 'bug';
  /** Facts for programs: the field, what is allowed, the value that was sent. May be empty. */
  details: {
    [k: string]: string | number | boolean | null | string[];
  };
  /** Where the code is explained, relative to the address of the service. */
  link: string;
}

/** What went wrong, from a closed list. Programs should look at this alone. */
export type ErrorCode =
  | 'INVALID_JSON'
  | 'INVALID_REQUEST'
  | 'UNKNOWN_FIELD'
  | 'QUERY_EMPTY'
  | 'QUERY_TOO_LONG'
  | 'BODY_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'ROUTE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'ARTICLE_NOT_FOUND'
  | 'TASK_NOT_FOUND'
  | 'TASK_QUEUE_FULL'
  | 'PASSAGE_NOT_FOUND'
  | 'COLLECTION_NOT_FOUND'
  | 'MODEL_NAME_UNKNOWN'
  | 'TEXT_TOO_LONG'
  | 'KEY_MISSING'
  | 'KEY_INVALID'
  | 'KEY_EXPIRED'
  | 'KEY_REVOKED'
  | 'KEY_IN_ADDRESS'
  | 'KEY_SCOPE_MISSING'
  | 'KEY_NOT_FOUND'
  | 'HOST_NOT_ALLOWED'
  | 'ORIGIN_NOT_ALLOWED'
  | 'REQUEST_TOO_SLOW'
  | 'RATE_LIMITED'
  | 'OVERLOADED'
  | 'MEMORY_SHORT'
  | 'TIME_LIMIT_REACHED'
  | 'NOT_READY'
  | 'SHUTTING_DOWN'
  | 'SETTING_INVALID'
  | 'KEYS_NEEDED'
  | 'PORT_IN_USE'
  | 'CORPUS_NOT_FOUND'
  | 'CORPUS_UNREADABLE'
  | 'CORPUS_EMPTY'
  | 'ARTICLE_FILE_EMPTY'
  | 'ARTICLE_FILE_BINARY'
  | 'ARTICLE_FILE_NOT_UTF8'
  | 'ARTICLE_FILE_TOO_LARGE'
  | 'ARTICLE_INVALID'
  | 'ARTICLE_LINE_INVALID'
  | 'ARTICLE_ID_DUPLICATE'
  | 'ARTICLE_OF_CORPUS'
  | 'ARTICLE_WITHOUT_TEXT'
  | 'FORMAT_UNKNOWN'
  | 'MODEL_NOT_FOUND'
  | 'MODEL_CARD_INVALID'
  | 'MODEL_FILE_ALTERED'
  | 'MODEL_UNUSABLE'
  | 'MODEL_CHANGED'
  | 'EMBEDDING_FAILED'
  | 'STORE_UNUSABLE'
  | 'STORE_BEHIND'
  | 'STORE_NEWER_SCHEMA'
  | 'STORE_LOCKED'
  | 'DISK_FULL'
  | 'STORE_READ_ONLY'
  | 'BACKUP_INVALID'
  | 'BACKUP_FILE_UNUSABLE'
  | 'BACKUP_EXISTS'
  | 'BACKUP_RUNNING'
  | 'BACKUP_NOT_FOUND'
  | 'INDEX_NOT_EMPTY'
  | 'EDITION_EXISTS'
  | 'VECTOR_DIMENSION_MISMATCH'
  | 'VECTOR_NOT_FINITE'
  | 'VECTOR_LABEL_INVALID'
  | 'EVALUATION_FOLDER_INVALID'
  | 'EVALUATION_RUN_INVALID'
  | 'WORKER_STOPPED'
  | 'INTERNAL';
