// Ends this process with SIGKILL right before or right after the commit that the address of this module
// names: `?before=3`.
import { DatabaseSync } from 'node:sqlite';

const wanted = new URL(import.meta.url).searchParams;
const exec = DatabaseSync.prototype.exec;
let commits = 0;

DatabaseSync.prototype.exec = function (sql) {
  if (sql !== 'COMMIT') return exec.call(this, sql);
  commits += 1;
  const number = String(commits);
  if (wanted.get('before') === number) process.kill(process.pid, 'SIGKILL');
  exec.call(this, sql);
  if (wanted.get('after') === number) process.kill(process.pid, 'SIGKILL');
};
