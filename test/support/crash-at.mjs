// Ends this process with SIGKILL at the point that the address of this module names:
// `?before=3`, `?after=3`: right before or after the commit that keeps the third event;
// `?checkpoint=3`: while that commit copies the write-ahead log into the file;
// `?hears=text`, `?hears=text&nth=2`: when a response or a child has said it.
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const wanted = new URL(import.meta.url).searchParams;
const kill = () => process.kill(process.pid, 'SIGKILL');

if (isMainThread) {
  watchCommits();
  if (wanted.has('hears')) watchStreams(wanted.get('hears'), Number(wanted.get('nth') ?? 1));
} else if (workerData?.checkpointOf !== undefined) {
  killWhenWritten(workerData.checkpointOf, new Int32Array(workerData.states));
}

function watchCommits() {
  const { exec, prepare } = DatabaseSync.prototype;
  let written = 0;
  let kept = 0;
  DatabaseSync.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    if (!sql.includes('INSERT INTO events')) return statement;
    const { run } = statement;
    statement.run = (...values) => {
      written += 1;
      return run.apply(statement, values);
    };
    return statement;
  };
  DatabaseSync.prototype.exec = function (sql) {
    if (sql !== 'COMMIT') return exec.call(this, sql);
    const number = (point) => Number(wanted.get(point) ?? Number.NaN);
    const is = (point) => kept < number(point) && number(point) <= written;
    if (is('before')) kill();
    if (is('checkpoint')) {
      // With one page every commit is followed by a checkpoint, which else is one in hundreds.
      exec.call(this, 'PRAGMA wal_autocheckpoint = 1');
      armed(this.location());
    }
    exec.call(this, sql);
    if (is('after') || is('checkpoint')) kill();
    kept = written;
  };
}

/** Only another thread can act while this one writes. */
function armed(checkpointOf) {
  const states = new Int32Array(new SharedArrayBuffer(4));
  new Worker(new URL(import.meta.url), { workerData: { checkpointOf, states: states.buffer } });
  Atomics.wait(states, 0, 0);
}

function killWhenWritten(path, states) {
  const { mtimeNs } = statSync(path, { bigint: true });
  // What is written in the same tick of the system's clock shows no other time.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  Atomics.store(states, 0, 1);
  Atomics.notify(states, 0);
  while (statSync(path, { bigint: true }).mtimeNs === mtimeNs);
  kill();
}

function watchStreams(text, nth) {
  const { push } = Readable.prototype;
  const heard = new WeakMap();
  let count = 0;
  Readable.prototype.push = function (chunk, encoding) {
    const before = heard.get(this) ?? '';
    const now = before + (chunk ?? '');
    heard.set(this, now);
    if (!before.includes(text) && now.includes(text)) count += 1;
    if (count === nth) kill();
    return push.call(this, chunk, encoding);
  };
}
