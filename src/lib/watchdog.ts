import { type ChildProcess, spawn } from 'node:child_process';

/** What is ended and removed when this process dies before it could do so itself. */
export interface Watched {
  /** The `NAME=value` in the environment of the processes to end. */
  readonly mark: string;
  /** A folder to remove; undefined for none. */
  readonly folder: string | undefined;
  /** Where the shell's programs are. */
  readonly path: string;
}

/** A helper that outlives this process by a moment. Disposing of it tells it that all is well. */
export interface Watchdog extends Disposable {
  /** Names the process group to end, once it is known. */
  guard(group: number): void;
}

/**
 * The pipe to this script ends with our process, however that dies, `kill -9` included. The group is known
 * everywhere; descendants that left it are found by their mark where the system shows environments (Linux).
 */
const script = `
mark=$1; folder=$2; group=
read -r group
read -r well && exit 0
end() {
  if [ -n "$group" ]; then kill -s "$1" -- "-$group"; fi
  for file in $(grep -lzxsF -- "$mark" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -s "$1" "\${pid%/environ}"
  done
}
end TERM
sleep 0.5
end KILL
if [ -n "$folder" ]; then rm -rf -- "$folder"; fi
`;

/** Starts a watchdog; on Windows there is none. */
export function watchdog({ folder, mark, path }: Watched): Watchdog {
  if (process.platform === 'win32') return { guard: () => undefined, [Symbol.dispose]: () => {} };
  const shell = spawn('/bin/sh', ['-c', script, 'watchdog', mark, folder ?? ''], {
    // A session of its own, so that Ctrl-C on the terminal does not end it together with us.
    detached: true,
    cwd: '/',
    env: { PATH: path },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  letGo(shell);
  return {
    guard: (group) => shell.stdin?.write(`${group}\n`),
    [Symbol.dispose]: () => shell.stdin?.end('\nwell\n'),
  };
}

/** Without a watchdog the work goes on, and it never keeps the program from ending. */
function letGo(shell: ChildProcess): void {
  const ignore = (): void => undefined;
  shell.on('error', ignore);
  shell.stdin?.on('error', ignore);
  shell.unref();
  // The pipe is a socket, which its type does not say.
  (shell.stdin as { unref?: () => void } | null)?.unref?.();
}
