import { DatabaseSync } from 'node:sqlite';

/**
 * Loaded before a server: its process dies at the commit with the number DIE_COUNT, counted from its start; either just
 * before it, or when it has taken place and nobody has heard of it.
 */
const { DIE_AT, DIE_COUNT } = process.env;
const at = Number(DIE_COUNT);
const { exec, prepare } = DatabaseSync.prototype;
let commits = 0;

function committing<T>(commit: () => T): T {
  commits += 1;
  if (commits === at && DIE_AT === 'before-commit') process.kill(process.pid, 'SIGKILL');
  const outcome = commit();
  if (commits === at) process.kill(process.pid, 'SIGKILL');
  return outcome;
}

const isCommit = (sql: string): boolean => /^\s*(COMMIT|END)\b/i.test(sql);

DatabaseSync.prototype.exec = function (sql) {
  return isCommit(sql) ? committing(() => exec.call(this, sql)) : exec.call(this, sql);
};

DatabaseSync.prototype.prepare = function (...given) {
  const statement = prepare.apply(this, given);
  if (!isCommit(given[0])) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => committing(() => run()); // it has no parameters
  return statement;
};
