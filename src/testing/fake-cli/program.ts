import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery, Dialect, Said, Speech } from './behaviour.ts';
import { claudeDialect } from './claude-dialect.ts';
import { codexDialect } from './codex-dialect.ts';
import { type FakeCliOptions, type FakeVendor, hangingFile } from './fake-cli.ts';
import { geminiDialect } from './gemini-dialect.ts';
import { grokDialect } from './grok-dialect.ts';
import { plainDialect } from './plain-dialect.ts';

const dialects: Readonly<Record<FakeVendor, Dialect>> = {
  'claude-code': claudeDialect,
  codex: codexDialect,
  gemini: geminiDialect,
  grok: grokDialect,
  plain: plainDialect,
};

/** Milliseconds between the drops of `drip`, and the bytes of each. */
const dripMs = 5;
const dripBytes = 100;

// The first argument is what `fakeCli` wrote into the program, so that it is of this type.
const options = JSON.parse(process.argv[2] ?? '{}') as FakeCliOptions;
const programPath = process.argv[3] ?? '';
const args = process.argv.slice(4);

const deliveries: Readonly<Record<Delivery, () => Promise<void>>> = {
  'at-once': async () => write(await output()),
  banner: async () => {
    await write('\n*** Welcome ***\nWarning: a new version is there {yes}\n');
    await write(await output());
  },
  'partial-lines': async () => writeInPieces(await output(), 37),
  'split-characters': async () => writeInPieces(await output(), 1),
  drip: async () => writeInPieces(await output(), dripBytes, dripMs),
  hang,
  'ask-for-input': async () => {
    await readPrompt();
    process.stderr.write('Overwrite? [y/N] ');
    await hang();
  },
  'ignore-term': () => {
    process.on('SIGTERM', () => undefined);
    return hang();
  },
  orphan: async () => {
    await leaveOrphan();
    await write(await output());
  },
  'orphan-and-hang': async () => {
    await leaveOrphan();
    await write(await output());
    await hang();
  },
  flood: () => flood('junk junk junk\n'),
  'flood-line': async () => {
    await write('{"type":"');
    await flood('junk ');
  },
  die: async () => {
    const bytes = await output();
    await write(bytes.subarray(0, bytes.length / 2));
    process.kill(process.pid, 'SIGKILL');
  },
};
if (args.includes('--version')) await write('1.2.3 (Fake)\n');
else if (args.at(-1) === 'status') process.exitCode = options.signedIn === false ? 1 : 0;
else await deliveries[options.does ?? 'at-once']();

async function output(): Promise<Buffer> {
  const { code, stderr = '', stdout, trace } = say(options.says ?? 'answer', await readPrompt());
  // biome-ignore lint/style/noProcessEnv: It is told there where its record goes.
  const traceFile = process.env['GEMINI_TELEMETRY_OUTFILE'];
  if (trace !== undefined && traceFile !== undefined) writeFileSync(traceFile, trace);
  process.stderr.write(stderr);
  process.exitCode = code;
  return Buffer.from(stdout);
}

function say(says: Speech, prompt: string): Said {
  const dialect = dialects[options.vendor];
  const { secret = 'sk-fake', text = 'Hello from the fake, one two three.' } = options;
  switch (says) {
    case 'answer':
      return dialect.answer(text);
    case 'echo':
      return dialect.answer(prompt);
    case 'circumstances':
      return dialect.answer(JSON.stringify(circumstances(prompt)));
    case 'empty':
      return dialect.answer('');
    case 'truncated':
      return dialect.truncated(text);
    case 'glued':
      return dialect.glued(text);
    case 'error-text':
      return { stdout: `Sorry, I encountered an error: 401 ${secret}\n`, code: 0 };
    default:
      return dialect.error(says, secret);
  }
}

function circumstances(prompt: string): object {
  return {
    args,
    prompt,
    // biome-ignore lint/style/noProcessEnv: It tells what it was given.
    env: process.env,
    folder: process.cwd(),
    files: readdirSync('.'),
    group: process.pid,
  };
}

/** By file where the program is told one, else by stdin. */
async function readPrompt(): Promise<string> {
  const place = args.indexOf('--prompt-file');
  const file = args[place + 1];
  if (place !== -1 && file !== undefined) return readFileSync(file, 'utf8');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function write(data: string | Uint8Array): Promise<void> {
  return new Promise((done) => {
    process.stdout.write(data, () => done());
  });
}

async function writeInPieces(bytes: Buffer, size: number, waitMs = 0): Promise<void> {
  for (let start = 0; start < bytes.length; start += size) {
    await write(bytes.subarray(start, start + size));
    if (waitMs > 0) await pause(waitMs);
  }
}

async function flood(words: string): Promise<void> {
  const junk = Buffer.alloc(1024 * 1024, words);
  for (;;) await write(junk);
}

/** A grandchild that has lost its parent, has a session of its own, holds stdout and takes no notice of TERM. */
function leaveOrphan(): Promise<void> {
  return new Promise((done) => {
    spawn('/bin/sh', ['-c', 'trap "" TERM; sleep 600 &'], {
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    }).once('exit', () => done());
  });
}

async function hang(): Promise<void> {
  // Beside the program a test can see that it has come so far.
  writeFileSync(join(dirname(programPath), hangingFile), '');
  for (;;) await pause(60_000);
}
