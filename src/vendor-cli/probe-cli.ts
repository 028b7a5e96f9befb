import { tmpdir } from 'node:os';
import type { Probe } from '../domain/availability.ts';
import { findProgram } from '../lib/find-program.ts';
import { type ProcessEnd, runProcess } from '../lib/run-process.ts';
import { availabilityOf, type CliModel, credentialOf, environmentOf } from './cli-model.ts';
import { testedVersions } from './tested-versions.ts';

/** Milliseconds for each of the program's own checks. */
const probeLimitMs = 5000;
/** Bytes that a check may write. */
const probeMaxBytes = 64 * 1024;

/** Asks a vendor's program for its version and whether somebody is signed in; asks no model. */
export async function probeCli(model: CliModel, signal: AbortSignal): Promise<Probe> {
  const { settings, tools, vendor } = model;
  const availability = await availabilityOf(model);
  const program = await findProgram(settings.command ?? vendor.program, tools.env);
  if (program === null) return { availability, version: null, signedIn: null, latencyMs: null };

  const start = tools.clock.elapsed();
  const version = await check([program, '--version'], model, signal);
  const latencyMs = version.end.status === 'exited' ? tools.clock.elapsed() - start : null;
  const found = (await credentialOf(model)).status;
  // A key in the environment is not what the program's own check looks at.
  const own =
    vendor.statusArgs && found !== 'key'
      ? await check([program, ...vendor.statusArgs], model, signal)
      : undefined;
  return {
    availability,
    version: versionIn(version.text),
    testedVersion: testedVersions[vendor.program],
    signedIn: own?.end.status === 'exited' ? own.end.code === 0 : found !== 'none',
    latencyMs,
  };
}

async function check(
  command: readonly [string, ...string[]],
  model: CliModel,
  signal: AbortSignal,
): Promise<{ readonly end: ProcessEnd; readonly text: string }> {
  const limit = new AbortController();
  const stop = model.tools.clock.after(probeLimitMs, () => limit.abort());
  let text = '';
  const end = await runProcess({
    command,
    env: environmentOf(model, { status: 'none' }),
    cwd: tmpdir(),
    input: '',
    signal: AbortSignal.any([signal, limit.signal]),
    onText: (piece) => {
      text += piece;
    },
    maxBytes: probeMaxBytes,
  });
  stop();
  return { end, text };
}

/** The first thing that looks like a version: `2.1.330 (Claude Code)`, `codex-cli 0.169.0`. */
function versionIn(text: string): string | null {
  return /\d+\.\d+\.\d+[\w.+-]*/.exec(text)?.[0] ?? null;
}
