import { FihristError } from '../domain/errors.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { type KeptTask, MOST_KEPT_FAILURES, type TaskCounts, type TaskResult } from './task-ledger.js';

export type TaskResultWrites = ReturnType<typeof prepareTaskResultWrites>;

/** What a TaskLedger does, as SQL. Each is to be called in a transaction. Synchronous. */
export function prepareTaskResultWrites(connection: SqliteConnection, path: string) {
  const statements = prepareStatements(connection);

  /** Counts what follows without a gap. */
  function countOn(task: string): void {
    for (;;) {
      const counted = statements.countNext.get(task);
      if (counted === undefined) return;
      statements.dropCounted.run(task, counted.articlesDone - 1, counted.failed);
    }
  }

  return {
    /** See TaskLedger. */
    begin(task: string, counts: TaskCounts): KeptTask {
      statements.begin.run({ ...counts, task });
      statements.dropOutrun.run({ task });
      countOn(task);
      const kept = statements.counts.get(task);
      if (kept === undefined || !addsUp(kept)) throw damagedTask(task, path);
      const rows = statements.results.all(task);
      return {
        counts: kept,
        failures: rows.flatMap(({ index, failure }) =>
          index < kept.articlesDone && failure !== null ? [{ index, failure }] : [],
        ),
        ahead: rows.filter(({ index }) => index >= kept.articlesDone).map((row) => ({ ...row, task })),
      };
    },

    /** Results of tasks that are over are passed over. */
    keep(results: readonly TaskResult[]): void {
      for (const result of results) {
        statements.add.run(result);
        countOn(result.task);
      }
    },

    /** See TaskLedger. */
    forgetAllBut(tasks: readonly string[]): void {
      statements.forgetAllBut.run(JSON.stringify(tasks));
    },
  };
}

function addsUp({ articlesDone, created, updated, unchanged, failed }: TaskCounts): boolean {
  return articlesDone === created + updated + unchanged + failed;
}

function damagedTask(task: string, path: string): FihristError {
  return new FihristError(
    'STORE_UNUSABLE',
    `How far the task ${task} is cannot be told: its counts in ${path} are damaged. Send its articles again.`,
    { details: { path, reason: 'counts of a task' } },
  );
}

function prepareStatements(connection: SqliteConnection) {
  const countsOf = `articles_done AS articlesDone, bytes_done AS bytesDone, created, updated, unchanged, failed`;
  return {
    begin: connection.prepare(
      `INSERT INTO tasks_under_way (task, articles_done, bytes_done, created, updated, unchanged, failed)
       VALUES (@task, @articlesDone, @bytesDone, @created, @updated, @unchanged, @failed)
       ON CONFLICT (task) DO UPDATE SET
         articles_done = @articlesDone, bytes_done = @bytesDone,
         created = @created, updated = @updated, unchanged = @unchanged, failed = @failed
       WHERE @articlesDone > articles_done`,
    ),
    /** Failures stay, to be shown. */
    dropOutrun: connection.prepare(
      `DELETE FROM task_results WHERE task = @task AND failure IS NULL
          AND place < (SELECT articles_done FROM tasks_under_way WHERE task = @task)`,
    ),
    counts: connection.prepare<[string], TaskCounts>(
      `SELECT ${countsOf} FROM tasks_under_way WHERE task = ?`,
    ),
    results: connection.prepare<[string], Omit<TaskResult, 'task'>>(
      `SELECT place AS "index", status, size_bytes AS sizeBytes, failure FROM task_results WHERE task = ? ORDER BY place`,
    ),
    add: connection.prepare(
      `INSERT INTO task_results (task, place, status, size_bytes, failure)
       SELECT @task, @index, @status, @sizeBytes, @failure
         FROM tasks_under_way WHERE task = @task AND articles_done <= @index
       ON CONFLICT DO NOTHING`,
    ),
    countNext: connection.prepare<[string], { articlesDone: number; failed: number }>(
      `UPDATE tasks_under_way SET
         articles_done = articles_done + 1, bytes_done = bytes_done + r.size_bytes,
         created = created + (r.status = 'created'), updated = updated + (r.status = 'updated'),
         unchanged = unchanged + (r.status = 'unchanged'), failed = failed + (r.status = 'failed')
         FROM task_results r
        WHERE tasks_under_way.task = ? AND r.task = tasks_under_way.task AND r.place = tasks_under_way.articles_done
       RETURNING articles_done AS articlesDone, failed`,
    ),
    dropCounted: connection.prepare(
      `DELETE FROM task_results WHERE task = ? AND place = ? AND (failure IS NULL OR ? > ${MOST_KEPT_FAILURES})`,
    ),
    forgetAllBut: connection.prepare(
      'DELETE FROM tasks_under_way WHERE task NOT IN (SELECT value FROM json_each(?))',
    ),
  };
}
