import { installRuntime, runtimePackages } from '../app/install-runtime.ts';
import { exitStatus, OrchestratorError } from '../domain/mistake.ts';
import { safeLine } from '../report/safe-text.ts';
import { agree } from './agree.ts';
import { cancelOnSignals } from './cancel-on-signals.ts';
import type { CommandIo } from './command-io.ts';

/** How the download was agreed to. */
export interface Consent {
  /** Agreed to on the command line. */
  readonly yes: boolean;
}

/**
 * Installs what the level `runtime` needs, after its size was shown and a person has agreed. Throws `no-sandbox`
 * when nobody agreed or it cannot be brought.
 */
export async function getRuntime({ yes }: Consent, io: CommandIo): Promise<number> {
  using cancellation = cancelOnSignals();
  const { signal } = cancellation;
  const lines = runtimePackages.map(
    ({ title, license, downloadBytes, diskBytes }) =>
      `  ${title} (${license}): ${megabytes(downloadBytes)} from npm, ${megabytes(diskBytes)} on the disk\n`,
  );
  io.stderr.write(`To be installed once:\n${lines.join('')}`);
  if (!yes) await ask(io, signal);
  const end = await installRuntime({ env: io.env, signal });
  if (end.status === 'done') {
    io.stdout.write(`${safeLine(`Installed in ${end.value}`)}\n`);
    return exitStatus.ok;
  }
  const code = signal.aborted ? 'cancelled' : 'no-sandbox';
  throw new OrchestratorError(code, end.message, { hint: end.remedy });
}

async function ask(io: CommandIo, signal: AbortSignal): Promise<void> {
  const said = await agree('Install it?', io, signal).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
    throw new OrchestratorError('cancelled', 'Cancelled before anything was installed', { cause });
  });
  if (said === 'yes') return;
  const why = said === 'no' ? 'it was declined' : 'nobody is here to agree to it';
  const hint = said === 'no' ? undefined : 'Agree to it with --yes';
  throw new OrchestratorError('no-sandbox', `Cannot install the sandbox: ${why}`, { hint });
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
