import { type LocalPart, localName, missingParts } from '../app/local-model.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Settings } from '../domain/settings.ts';
import { safeLine } from '../report/safe-text.ts';
import { agree } from './agree.ts';
import { cancelOnSignals } from './cancel-on-signals.ts';
import type { CommandIo } from './command-io.ts';
import { isLive } from './look.ts';

export { localName };

/** Per cent between two lines about a download where no line can be drawn over. */
const stepPercent = 10;

/** How the download was agreed to. */
export interface Consent {
  /** Agreed to on the command line. */
  readonly yes: boolean;
}

/**
 * Brings what the local model lacks here, after its size was shown and a person has agreed. Throws
 * `no-local-model` when nobody agreed or it cannot be brought; what has come is kept for the next time.
 */
export async function getLocalModel(
  settings: Settings,
  { yes }: Consent,
  io: CommandIo,
): Promise<void> {
  using cancellation = cancelOnSignals();
  const { signal } = cancellation;
  const parts = await missingParts(settings, { env: io.env, signal });
  if (parts.length === 0) return;
  const lines = parts.map(
    ({ from, sizeBytes, title }) => `${title}: ${sizeText(sizeBytes)} from ${from}`,
  );
  io.stderr.write(
    `To be downloaded once:\n${lines.map((line) => `  ${safeLine(line)}\n`).join('')}`,
  );
  if (!yes) await ask(io, signal);
  for (const part of parts) await get(part, io, signal);
}

async function ask(io: CommandIo, signal: AbortSignal): Promise<void> {
  const said = await agree('Download it?', io, signal).catch((error: unknown) => {
    throw signal.aborted ? cancelledBy(error) : error;
  });
  if (said === 'nobody') {
    throw refused('nobody is here to agree to the download', 'Agree to it with --yes');
  }
  if (said === 'no') throw refused('the download was declined');
}

async function get(part: LocalPart, io: CommandIo, signal: AbortSignal): Promise<void> {
  const show = progressOf(part, io);
  const why = await part.get(show);
  if (why === undefined) show(part.sizeBytes);
  if (isLive(io.stderr, io.env)) io.stderr.write('\n');
  if (why === undefined) return;
  const { message, remedy } = why;
  if (signal.aborted) throw new OrchestratorError('cancelled', message);
  const kept = 'What has come is kept: the same command goes on with it';
  const hint = remedy === undefined ? kept : `${remedy}. ${kept}`;
  throw new OrchestratorError('no-local-model', message, { hint });
}

/** On a terminal one line that is drawn over; elsewhere one line now and then. */
function progressOf({ sizeBytes, title }: LocalPart, io: CommandIo): (bytes: number) => void {
  const live = isLive(io.stderr, io.env);
  const line = (percent: number): string => `${title}: ${percent} % of ${sizeText(sizeBytes)}`;
  let shown = -1;
  const show = (percent: number): void => {
    shown = percent;
    io.stderr.write(live ? `\r${line(percent)}` : `${line(percent)}\n`);
  };
  show(0);
  return (bytes) => {
    const percent = Math.floor((bytes / sizeBytes) * 100);
    if (percent >= shown + (live ? 1 : stepPercent)) show(percent);
  };
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.ceil(bytes / 1e6)} MB`;
}

function refused(why: string, hint?: string): OrchestratorError {
  return new OrchestratorError('no-local-model', `Cannot ask the local model: ${why}`, { hint });
}

function cancelledBy(cause: unknown): OrchestratorError {
  return new OrchestratorError('cancelled', 'Cancelled before anything was downloaded', { cause });
}
