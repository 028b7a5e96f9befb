import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { leftRunning } from '../src/testing/fake-cli/left-running.ts';
import { dummyKey, folder, marker, programPath } from './environment.ts';
import { filesWith } from './files-with.ts';
import type { Vendor } from './vendors.ts';

/** A process of the command in a home of its own. */
export interface Started extends Disposable {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly status: number | null; readonly stdout: string }>;
  /** The processes, temporary folders and files with the prompt that are there; none of them should be. */
  left(): Promise<readonly unknown[]>;
}

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

/** Starts the command with vendors' programs that ask the server at a URL. */
export function startCommand(
  args: readonly string[],
  vendors: readonly Vendor[],
  url: string,
): Started {
  const home = mkdtempSync(join(folder, 'home-'));
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const config = join(home, 'config.json');
  writeFileSync(config, JSON.stringify({ runners: runnersFor(vendors, url) }));
  const child = spawn(process.execPath, [main, ...args, '--config', config], {
    cwd: home,
    env: {
      HOME: home,
      TMPDIR: temporary,
      PATH: programPath,
      ...Object.fromEntries(vendors.map(({ keyVariable }) => [keyVariable, dummyKey])),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((done) => {
    child.once('close', done);
  });
  return {
    child,
    ended: Promise.all([closed, text(child.stdout)]).then(([status, stdout]) => ({
      status,
      stdout,
    })),
    left: async () => [
      ...(await leftRunning(home)),
      ...readdirSync(temporary),
      ...filesWith(marker, home),
    ],
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function runnersFor(vendors: readonly Vendor[], url: string): object {
  const entries = vendors.map(({ baseUrl, model, program, type }) => [
    type,
    { type, command: program, model, baseURL: baseUrl(url) },
  ]);
  return Object.fromEntries(entries);
}
