/**
 * How far tasks are, in one transaction with what they write (docs/decisions/0018). `tasks_under_way` counts what is
 * done without a gap, in the order given; its counts add up, which tells when one of them was damaged. `task_results`
 * has what is done behind the first gap, and of what is before it the failures that are shown.
 */
export const TASK_RESULTS = `
  CREATE TABLE tasks_under_way (
    task TEXT PRIMARY KEY,
    articles_done INTEGER NOT NULL,
    bytes_done INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    failed INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE task_results (
    task TEXT NOT NULL REFERENCES tasks_under_way (task) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('created', 'updated', 'unchanged', 'failed')),
    size_bytes INTEGER NOT NULL,
    failure TEXT,
    PRIMARY KEY (task, place)
  ) STRICT, WITHOUT ROWID;
`;
