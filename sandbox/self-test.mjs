// Tries what a confined program must not be able to do, and prints what it could. The caller also looks
// whether the files are as they were. argv: canary, own file, process to signal, MiB that must not be had.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';

const [canary, own, target, mebibytes] = process.argv.slice(2);
const couldNot = ['EPERM', 'EACCES', 'ENOENT', 'EROFS', 'ENETUNREACH', 'ERR_ACCESS_DENIED'];

const attempts = {
  'read a file of the user': () => readFileSync(canary),
  'write a file': () => writeFileSync(`${own}.new`, 'x'),
  'change a file’s mode': () => chmodSync(own, 0o777),
  'change a file’s times': () => utimesSync(own, 1, 1),
  'shorten a file': () => truncateSync(own, 0),
  'signal its parent': () => process.kill(Number(target), 0),
  'start a process': () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    if (!pid) throw new Error('it did not start');
  },
};

const could = Object.entries(attempts)
  .filter(([, attempt]) => succeeds(attempt))
  .map(([name]) => name);
if (await connects()) could.push('open a socket');
process.stdout.write(`${JSON.stringify({ answer: 6 * 7, could })}\n`, takeMemory);

function succeeds(attempt) {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function connects() {
  return new Promise((done) => {
    try {
      const socket = connect({ host: '127.0.0.1', port: 9 });
      socket.on('connect', () => done(true));
      socket.on('error', ({ code, name }) =>
        done(!couldNot.includes(code) && name !== 'NotCapable'),
      );
    } catch {
      done(false);
    }
  });
}

function takeMemory() {
  const held = [];
  try {
    for (let taken = 0; taken < mebibytes; taken += 32) held.push(new Uint8Array(32 << 20).fill(1));
  } catch {
    return;
  }
  process.stdout.write(`held ${held.length}\n`, () => setTimeout(() => process.exit(0), 1000));
}
