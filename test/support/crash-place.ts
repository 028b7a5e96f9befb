import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readEnvironment } from '../../src/config/environment.ts';
import { fakeCli } from '../../src/testing/fake-cli/fake-cli.ts';
import type { VendorReply } from '../../src/testing/vendor-servers/vendor-reply.ts';
import { type Ended, openPlace } from '../cli-process.ts';

const crashing = new URL('crash-at.mjs', import.meta.url).href;

/** A run that is killed at several points. */
export interface Scenario {
  readonly title: string;
  /** The task and its options. */
  readonly args: readonly string[];
  /** What each model always replies. */
  readonly replies?: Readonly<Record<string, VendorReply>>;
  /** Whether a program of a vendor is asked besides. */
  readonly hasProgram?: boolean;
  /** Where it is killed, as `crash-at.mjs` takes it. */
  readonly points: readonly string[];
}

/** Before, after or while the commit that keeps an event, by its number. */
const at = (point: string, ...events: readonly number[]): readonly string[] =>
  events.map((event) => `${point}=${event}`);

const task = 'Write a Python function `add(a, b)` that adds two numbers.\n\n>>> add(2, 3)\n5\n';
const python = (expression: string) => ({
  text: `\`\`\`python\nimport time\n\ndef add(a, b):\n    time.sleep(0.01)\n    return ${expression}\n\`\`\`\n`,
});
const slow = { text: '```ruby\ndef add(a, b)\n  a + b\nend\n```\n', deltaLength: 4, gapMs: 5 };

/** What is killed where. */
export const scenarios: readonly Scenario[] = [
  {
    title: 'plain',
    args: ['Build a REST API endpoint', '--mode', 'medium'],
    points: [
      ...at('before', 1, 2, 3, 4, 5, 6),
      ...at('after', 1, 2, 3, 4, 5, 6),
      ...at('checkpoint', 2, 3, 4, 5),
    ],
  },
  {
    title: 'streaming',
    args: ['Build a REST API endpoint', '--mode', 'medium'],
    replies: { 'claude-code': slow, codex: slow },
    points: ['hears=def', 'hears=def&nth=2'],
  },
  {
    title: 'a program of a vendor',
    args: ['Build a REST API endpoint', '--models', 'grok', 'mine'],
    hasProgram: true,
    points: ['hears=def', 'hears=def&nth=2', 'after=3'],
  },
  {
    title: 'adaptive',
    args: [task, '--models', 'codex', 'grok', '--adaptive'],
    replies: { codex: python('a - b'), grok: python('a + b') },
    points: at('after', 3, 4, 5, 6, 7, 8, 9, 10),
  },
  {
    title: 'merged',
    args: [task, '--models', 'codex', 'grok', '--merge', 'always'],
    replies: { codex: python('a - b'), grok: python('a + b') },
    points: [...at('after', 5, 7, 9, 10, 11, 12), 'hears=returned', 'hears=returned&nth=2'],
  },
  {
    title: 'checked',
    args: [
      'Add',
      '--models',
      'codex',
      'grok',
      '--check',
      'python3 -c "import time; time.sleep(0.1); from solution import add; assert add(1, 2) == 3"',
    ],
    replies: { codex: python('a - b'), grok: python('a + b') },
    points: at('after', 3, 4, 5, 6, 7, 8),
  },
];

/** A folder in which a scenario runs, is killed and goes on. */
export interface CrashPlace extends AsyncDisposable {
  ask(how?: { readonly crashAt?: string; readonly resume?: true }): Promise<Ended>;
  /** What every request asked, by model and the beginning of the prompt, in no particular order. */
  asked(): readonly string[];
  /** The names of the events in the history; none where its tables were not made yet. */
  kept(): readonly string[];
  /** What was decided, without what time and chance bring. */
  decisionOf(ended: Ended): object;
  integrity(): string | undefined;
  /** The processes that were started in this place. */
  leftRunning(): Promise<readonly string[]>;
}

/** More than any run asks of one model. */
const repliesMany = 9;

/** Opens a place for a scenario. */
export async function crashPlace({ args, replies, hasProgram }: Scenario): Promise<CrashPlace> {
  const always = Object.entries(replies ?? {}).map(
    ([model, reply]) => [model, Array.from({ length: repliesMany }, () => reply)] as const,
  );
  const place = await openPlace(Object.fromEntries(always));
  const root = dirname(place.folder);
  const calls = join(root, 'calls');
  const config = hasProgram
    ? place.configure({ mine: await programOf(root, calls) })
    : place.config;
  const path = join(place.folder, 'runs.db');
  const env = { PATH: readEnvironment()['PATH'] ?? '', TMPDIR: root };
  const look = <Result>(read: (database: DatabaseSync) => Result): Result | undefined =>
    existsSync(path) ? looking(path, read) : undefined;
  return {
    ask: ({ crashAt, resume } = {}) =>
      place.run(
        [
          ...args,
          '--json',
          '--config',
          config,
          '--history',
          'runs.db',
          ...(resume ? ['--resume'] : []),
        ],
        { env: crashAt ? { ...env, NODE_OPTIONS: `--import ${crashing}?${crashAt}` } : env },
      ),
    asked: () => [
      ...place.server.requests.map(({ body }) => {
        const { model, messages } = Object(body);
        return `${model} ${JSON.stringify(messages).length}`;
      }),
      ...(existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
    ],
    kept: () => look(eventNames) ?? [],
    decisionOf,
    integrity: () =>
      look((database) =>
        String(database.prepare('PRAGMA integrity_check').get()?.['integrity_check']),
      ),
    leftRunning: () => processesOf(root),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

/** A program that speaks as Codex does, drop by drop, and writes down each time that it is asked. */
async function programOf(root: string, calls: string): Promise<object> {
  const text = '```ruby\ndef add(a, b)\n  a + b\nend\n```\n';
  const program = await fakeCli(root, { vendor: 'codex', does: 'drip', text });
  const counting = join(root, 'counting');
  writeFileSync(
    counting,
    `#!/bin/sh\ncase "$*" in *exec*) echo mine >> '${calls}';; esac\nexec '${program}' "$@"\n`,
  );
  chmodSync(counting, 0o755);
  return { type: 'codex', command: counting };
}

/** Without changing it. */
function looking<Result>(path: string, read: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path);
  try {
    return read(database);
  } finally {
    database.close();
  }
}

function eventNames(database: DatabaseSync): readonly string[] {
  const tables = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'events'`).all();
  if (tables.length === 0) return [];
  return database
    .prepare('SELECT event_key FROM events ORDER BY number')
    .all()
    .map(({ event_key }) => String(event_key).replace(/ .*/, ''));
}

function decisionOf({ stdout }: Ended): object {
  const { consensus_code, files, metadata, mode, category, validation } = JSON.parse(stdout);
  const { chosen, rule, status } = metadata;
  return { consensus_code, files, mode, category, validation, chosen, rule, status };
}

/** By what they were started with and where they are, as what is confined has another environment. */
async function processesOf(root: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const looks = pids.map(async (pid) => {
    const [command, environment, folder] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
    ]);
    const isOurs = [command, environment, folder].some((text) => text.includes(root));
    return isOurs ? [`${pid} ${command.replaceAll('\0', ' ')}`] : [];
  });
  return (await Promise.all(looks)).flat();
}
