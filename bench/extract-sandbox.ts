import { execFile, execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const limitMs = 10_000;
const limitCpuSeconds = 8;
const limitMemoryKibibytes = 2_000_000;
const limitFileBytes = 1_000_000;
/** Counted over all that the user runs, so it must leave room for the rest of the machine. */
const limitProcesses = 2000;

/**
 * Runs recorded, model-written programs away from this machine: own user, process, mount and network
 * namespaces, a root with nothing but the language (read-only) and one empty folder, no capabilities, no
 * environment, limits on time, memory, files and processes. A verdict is kept in the temporary folder by
 * the hash of its program.
 */
export class Sandbox {
  private readonly cache = join(tmpdir(), 'orchestrator-bench-extract');
  private readonly interpreters: Readonly<Record<string, readonly string[]>>;
  private readonly binds: readonly string[];

  /** Throws where the isolation cannot be had, or an interpreter is missing. */
  constructor() {
    const python = capture('python3', [
      '-c',
      'import sys; print(sys.executable); print(sys.prefix)',
    ]);
    const [executable = '', prefix = ''] = python.split('\n');
    const bound = [process.execPath, ...(prefix.startsWith('/usr') ? [] : [prefix])];
    this.binds = bound.filter((path) => !path.startsWith('/usr/'));
    this.interpreters = {
      python: [executable, '-I', '-S', 'program'],
      javascript: [process.execPath, '--max-old-space-size=512', 'program'],
    };
    mkdirSync(this.cache, { recursive: true });
  }

  /** Whether the program reaches its last line inside the limits. */
  async passes(language: string, program: string): Promise<boolean> {
    const command = this.interpreters[language];
    if (command === undefined)
      throw new Error(`Cannot run "${language}": known are python, javascript`);
    const hash = createHash('sha256').update(`${language}\n${program}`).digest('hex');
    const kept = join(this.cache, hash);
    if (existsSync(kept)) return readFileSync(kept, 'utf8') === 'passed';
    const passed = await this.run(command, withMark(language, program));
    writeFileSync(kept, passed ? 'passed' : 'failed');
    return passed;
  }

  /** Throws when a trivial program does not pass, or one can see the network or the disk. */
  async prove(): Promise<void> {
    const probes = { open: 'import os', network: reachNetwork, disk: reachDisk };
    const passed = await Promise.all(
      Object.values(probes).map((program) =>
        this.run(this.interpreters['python'] ?? [], withMark('python', program)),
      ),
    );
    if (passed.every(Boolean)) return;
    throw new Error(
      'Cannot run recorded code: no isolation here (wanted: Linux with unshare, mount and setpriv, and user namespaces allowed)',
    );
  }

  private async run(command: readonly string[], program: MarkedProgram): Promise<boolean> {
    const folder = await mkdtemp(join(tmpdir(), 'bench-extract-'));
    try {
      await writeFile(join(folder, 'program'), program.text);
      const script = scriptFor(folder, this.binds, command);
      return (await outputOf(script)).includes(program.mark);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

interface MarkedProgram {
  readonly text: string;
  readonly mark: string;
}

/** The mark is random, so that a program cannot print it without reaching its end. */
function withMark(language: string, program: string): MarkedProgram {
  const mark = randomUUID();
  const print = language === 'python' ? `print("\\n${mark}")` : `console.log("\\n${mark}")`;
  return { text: `${program}\n${print}\n`, mark };
}

const reachNetwork = `
import socket
try:
    socket.create_connection(("127.0.0.1", 22), 1)
except OSError as error:
    assert error.errno != 111 or len(socket.if_nameindex()) == 1
assert [name for _, name in socket.if_nameindex()] == ["lo"]
`;
const reachDisk = `
import os
assert not os.path.exists("/home") and not os.path.exists("/etc/passwd")
assert set(os.environ) <= {"LC_CTYPE"}, os.environ
try:
    open("/usr/written", "w")
    raise SystemExit
except OSError:
    pass
`;

function scriptFor(folder: string, binds: readonly string[], command: readonly string[]): string {
  const root = '/tmp';
  const bound = ['/usr', ...binds].map((path) => bindScript(root, path));
  const links = ['bin', 'lib', 'lib64'].map((name) => `ln -s usr/${name} ${root}/${name}`);
  return [
    'set -e',
    // Opened while it can be: the next line covers the folder that it is in.
    `exec 9<${quote(join(folder, 'program'))}`,
    `mount -t tmpfs -o size=16m tmpfs ${root}`,
    ...bound,
    ...links,
    `mkdir ${root}/dev ${root}/box ${root}/proc`,
    `for name in null zero urandom; do touch ${root}/dev/$name; mount --bind /dev/$name ${root}/dev/$name; done`,
    `mount -t proc proc ${root}/proc`,
    `cat <&9 >${root}/box/program`,
    'exec 9<&-',
    ...(command[0] === process.execPath ? [] : [`ulimit -v ${limitMemoryKibibytes}`]),
    `ulimit -t ${limitCpuSeconds} -f ${Math.ceil(limitFileBytes / 1024)} -u ${limitProcesses} -c 0`,
    `exec env -i /usr/sbin/chroot ${root} /usr/bin/env -C /box -u PWD setpriv --no-new-privs --bounding-set=-all --inh-caps=-all ${command.map(quote).join(' ')}`,
  ].join('\n');
}

function bindScript(root: string, path: string): string {
  const target = quote(root + path);
  const made =
    path === process.execPath
      ? `mkdir -p "$(dirname ${target})"; touch ${target}`
      : `mkdir -p ${target}`;
  return `${made}; mount --bind ${quote(path)} ${target}; mount -o remount,bind,ro,nosuid ${target}`;
}

/** Resolves to what the program printed; empty when it could not be run or overran a limit. */
function outputOf(script: string): Promise<string> {
  const isolated = ['--user', '--map-root-user', '--net', '--pid', '--ipc', '--uts', '--mount'];
  return new Promise((resolve) => {
    execFile(
      'unshare',
      [...isolated, '--fork', '--kill-child', 'bash', '--norc', '-c', script],
      {
        timeout: limitMs,
        killSignal: 'SIGKILL',
        maxBuffer: limitFileBytes,
        env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
      },
      (_error, stdout) => resolve(stdout),
    ).stdin?.end();
  });
}

function capture(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim();
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
