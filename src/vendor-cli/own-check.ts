import { tmpdir } from 'node:os';
import type { RunnerTools } from '../domain/runner-settings.ts';
import type { Environment } from '../lib/find-program.ts';
import { type ProcessEnd, runProcess } from '../lib/run-process.ts';
import { childEnvironment } from './child-environment.ts';
import type { VendorCli } from './vendor-cli.ts';

/** Milliseconds for each of the program's own checks. */
const checkLimitMs = 5000;
/** Bytes that a check may write. */
const checkMaxBytes = 64 * 1024;

/** A vendor's program that is there. */
export interface FoundProgram {
  /** Its path. */
  readonly program: string;
  readonly vendor: VendorCli;
  readonly tools: RunnerTools;
}

/** What a check came to. */
export interface OwnCheck {
  readonly end: ProcessEnd;
  readonly text: string;
}

/** Runs one of a program's own cheap checks, which asks no model and sees no key. Never rejects. */
export async function ownCheck(
  { program, tools, vendor }: FoundProgram,
  args: readonly string[],
  signal: AbortSignal,
): Promise<OwnCheck> {
  const limit = new AbortController();
  const stop = tools.clock.after(checkLimitMs, () => limit.abort());
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
  const { end } = await ownCheck(found, statusArgs, signal);
  if (end.status !== 'exited') return 'unknown';
  return end.code === 0 ? 'yes' : 'no';
}
