import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { VendorReply } from '../src/testing/vendor-servers/vendor-reply.ts';
import { type VendorServer, vendorServer } from '../src/testing/vendor-servers/vendor-server.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

/** Spares each process the stripping of types: half of its time. */
const compileCache = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));

/** What a process of the command ended with. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start the command. */
export interface StartOptions {
  /** Written to stdin, which is closed then. */
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A program that runs the command, which is its last argument as one shell word each. */
  readonly through?: readonly [string, ...string[]];
}

/** A process of the command that goes on. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
}

/** A folder to run the command in, with a home of its own, and the four models on a loopback server. */
export interface Place extends AsyncDisposable {
  readonly server: VendorServer;
  /** The working directory. */
  readonly folder: string;
  /** The configuration that names the four models of the server. */
  readonly config: string;
  /** Writes the same configuration with some of the runners declared in another way; gives its path. */
  configure(runners: Readonly<Record<string, object>>): string;
  /** Writes a file into the working directory. */
  write(path: string, content: string): void;
  /** Starts the command as it is given. */
  start(args: readonly string[], options?: StartOptions): Running;
  /** Runs the command to its end as it is given. */
  run(args: readonly string[], options?: StartOptions): Promise<Ended>;
  /** Runs the command to its end with the configuration of the server. */
  ask(args: readonly string[], options?: StartOptions): Promise<Ended>;
}

/** The models that the built-in routes name. */
export const models = ['claude-code', 'codex', 'gemini', 'grok'] as const;

/** A review that finds nothing. */
export const acceptance = '{"verdict": "accept", "summary": "It does it", "findings": []}';

/** An answer with one function, in a language that is not run, so that no result depends on this machine. */
export const answer = 'Here it is:\n\n```ruby\ndef add(a, b)\n  a + b\nend\n```\n';

/** The code of `answer`. */
export const code = 'def add(a, b)\n  a + b\nend\n';

/** What the server replies to each model: an answer, or a review to whoever is asked for one. */
export type Replies = Readonly<Record<string, VendorReply | readonly VendorReply[]>>;

/** Whether a request asks a validator for tests, which comes at any time beside the others. */
export function isForTests(asked: string): boolean {
  return asked.includes('You write tests');
}

/** Opens a place. */
export async function openPlace(replies: Replies = {}): Promise<Place> {
  const counts = new Map<string, number>();
  const server = await vendorServer({
    replies: ({ body }) => {
      const asked = JSON.stringify(body);
      const model = String(Object(body).model);
      if (isForTests(asked)) return { text: '[]' };
      const index = counts.get(model) ?? 0;
      counts.set(model, index + 1);
      const usual = { text: asked.includes('You review an answer') ? acceptance : answer };
      const listed = [replies[model] ?? usual].flat();
      return listed[index] ?? usual;
    },
  });
  const root = mkdtempSync(join(tmpdir(), 'orchestrator-'));
  const folder = join(root, 'project');
  mkdirSync(folder);
  const configure: Place['configure'] = (runners) => {
    const path = join(root, 'models.json');
    const all = { ...runnersAt(server.baseUrl), ...runners };
    // What runs on the machine of the tests must not answer.
    writeFileSync(path, JSON.stringify({ runners: all, localServers: false }));
    return path;
  };
  const config = configure({});

  const start: Place['start'] = (args, { env = {}, stdin, through } = {}) => {
    const [program, ...words] = argvOf([process.execPath, main, ...args], through);
    const child = spawn(program, words, {
      cwd: folder,
      env: {
        PATH: dirname(process.execPath),
        HOME: root,
        NODE_COMPILE_CACHE: compileCache,
        ...env,
      },
    });
    // A command that does not read its stdin is free to.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin ?? '');
    return { child, ended: endOf(child) };
  };
  const run: Place['run'] = (args, options) => start(args, options).ended;
  return {
    server,
    folder,
    config,
    configure,
    write: (path, content) => writeFileSync(join(folder, path), content),
    start,
    run,
    ask: (args, options) => run(['--config', config, ...args], options),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      rmSync(root, { recursive: true });
    },
  };
}

type Argv = readonly [string, ...string[]];

function argvOf(argv: Argv, through: Argv | undefined): Argv {
  return through ? [...through, argv.map((word) => `'${word}'`).join(' ')] : argv;
}

function runnersAt(baseURL: string): object {
  const entries = models.map((model) => [model, { type: 'openai-compatible', baseURL, model }]);
  return Object.fromEntries(entries);
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    closed,
  ]);
  return { status, stdout, stderr };
}
