import { tmpdir } from 'node:os';
import type { RunnerTools } from '../domain/runner-settings.ts';
import type { Environment } from '../lib/find-program.ts';
import { type ProcessEnd, runProcess } from '../lib/run-process.ts';
import { childEnvironment } from './child-environment.ts';
import type { VendorCli } from './vendor-cli.ts';

/** Milliseconds for the check of a login, which a run waits for where it finds no other sign of one. */
const signInLimitMs = 3000;
/** Bytes that a check may write. */
const checkMaxBytes = 64 * 1024;

/** A vendor's program that is there. */
export interface FoundProgram {
  /** Its path. */
  readonly program: string;
  readonly vendor: VendorCli;
  readonly tools: RunnerTools;
}

/** What a program is asked, and for how long. */
export interface CheckRequest {
  readonly args: readonly string[];
  /** Milliseconds until the program is ended. */
  readonly limitMs: number;
}

/** What a check came to. */
export interface OwnCheck {
  readonly end: ProcessEnd;
  readonly text: string;
}

/** Runs one of a program's own cheap checks, which asks no model and sees no key. Never rejects. */
export async function ownCheck(
  { program, tools, vendor }: FoundProgram,
  { args, limitMs }: CheckRequest,
  signal: AbortSignal,
): Promise<OwnCheck> {
  const limit = new AbortController();
  const stop = tools.clock.after(limitMs, () => limit.abort());
  const env: Environment = childEnvironment(tools.env, vendor.env);
  let text = '';
  const end = await runProcess({
    command: [program, ...args],
    env,
    cwd: tmpdir(),
    input: '',
    signal: AbortSignal.any([signal, limit.signal]),
    onText: (piece) => {
      text += piece;
    },
    maxBytes: checkMaxBytes,
  });
  stop();
  return { end, text };
}

/** Asks the program whether somebody is signed in, wherever it keeps that; `unknown` where it cannot tell. */
export async function ownSignIn(
  found: FoundProgram,
  signal: AbortSignal,
): Promise<'yes' | 'no' | 'unknown'> {
  const { statusArgs } = found.vendor;
  if (!statusArgs) return 'unknown';
  const { end } = await ownCheck(found, { args: statusArgs, limitMs: signInLimitMs }, signal);
  if (end.status !== 'exited') return 'unknown';
  return end.code === 0 ? 'yes' : 'no';
}
