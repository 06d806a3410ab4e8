/**
 * Who wrote the database, opening by opening, in order. `labels_before` is the highest label that was ever given when the
 * opening began: labels up to that of the next opening were given by this one or an earlier one. A snapshot of the vector
 * index names its opening, which tells whether its labels are those of this database (docs/decisions/0014).
 */
export const OPENINGS = `
  CREATE TABLE openings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    labels_before INTEGER NOT NULL
  ) STRICT;
`;
