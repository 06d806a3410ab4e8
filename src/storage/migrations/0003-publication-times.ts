/**
 * What filters need. `articles.published_ms` is when an article was published as a number that can be compared:
 * milliseconds since 1970 UTC, NULL without a date; `published_at` stays what the article gave. SQLite cannot read all
 * of its forms, so whoever runs this brings the function `published_ms_of` (migrate-schema.ts). `passages_of_article`
 * holds all that is asked of a passage when the labels of some articles are read, so that no text is touched.
 */
export const PUBLICATION_TIMES = `
  ALTER TABLE articles ADD COLUMN published_ms INTEGER;
  UPDATE articles SET published_ms = published_ms_of(published_at) WHERE published_at IS NOT NULL;
  CREATE INDEX articles_by_published_ms ON articles (published_ms);
  CREATE INDEX passages_of_article ON passages (article, fingerprint, language);
`;
