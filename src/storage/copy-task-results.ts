import { databasePath, openWritableConnection } from './sqlite-connection.js';
import { translatingSqliteErrors } from './translate-sqlite-error.js';

/**
 * Makes a database tell of tasks what another one tells, and nothing else. To be called while nobody writes to either.
 * @throws STORE_UNUSABLE, STORE_READ_ONLY, DISK_FULL (operator)
 */
export function copyTaskResults({ from, to }: { readonly from: string; readonly to: string }): void {
  translatingSqliteErrors(databasePath(to), () => {
    const connection = openWritableConnection(to);
    try {
      connection.prepare('ATTACH ? AS other').run(databasePath(from));
      connection
        .transaction(() => {
          connection.exec(
            `DELETE FROM main.tasks_under_way;
             INSERT INTO main.tasks_under_way SELECT * FROM other.tasks_under_way;
             INSERT INTO main.task_results SELECT * FROM other.task_results;`,
          );
        })
        .immediate();
    } finally {
      connection.close();
    }
  });
}
