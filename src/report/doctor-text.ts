import type { Probe, Reach, SignedIn } from '../domain/availability.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Look } from './line.ts';
import { adviceOf, stateCell } from './models-text.ts';
import type { Span } from './paragraph.ts';
import { type Row, tableLines } from './table.ts';

/** A configured runner, and what a cheap check of it found. */
export interface DoctorRow {
  readonly name: string;
  readonly probe: Probe;
  /** Why it is not asked for a while, though it could be. */
  readonly refusal?: AttemptFailure | undefined;
}

/** Writes what the checks of all runners found, with one remedy for each that cannot be asked, and a last line that sums it up. */
export function renderDoctor(rows: readonly DoctorRow[], look: Look): string {
  const titles = ['MODEL', 'STATE', 'VERSION', 'TESTED', 'SIGNED IN', 'REACHABLE'];
  const head: Row = { cells: titles.map(quiet) };
  const lines = tableLines([head, ...rows.map((row) => rowOf(row, look))], look);
  return `${lines.join('\n')}\n\n${summary(rows)}\n`;
}

function rowOf({ name, probe, refusal }: DoctorRow, look: Look): Row {
  const { availability, reach, version } = probe;
  return {
    cells: [
      { text: name, tone: 'strong' },
      isCutOff(probe) ? unreachableCell(look) : stateCell(availability, look, refusal),
      { text: version ?? unknown(look) },
      testedCell(probe, look),
      signedInCells(look)[probe.signedIn],
      reachCells[reach.status],
    ],
    details: detailsOf(probe),
    advice: adviceOf(availability, refusal) ?? reachAdvice(reach),
  };
}

/** Whether all is there but the way to the server. */
function isCutOff({ availability, reach }: Probe): boolean {
  return availability.status === 'available' && reach.status === 'unreachable';
}

function unreachableCell({ unicode }: Look): Span {
  return { text: `${unicode ? '✗' : 'x'} unreachable`, tone: 'bad' };
}

const reachCells: Readonly<Record<Reach['status'], Span>> = {
  reached: { text: 'yes' },
  unreachable: { text: 'no', tone: 'bad' },
  'not-tried': quiet('not tried'),
};

function reachAdvice(reach: Reach): string | undefined {
  return reach.status === 'unreachable' ? `${reach.message}. ${reach.remedy}` : undefined;
}

/** Where it is, and what was timed. */
function detailsOf({ availability, reach, signedIn, startMs }: Probe): string | undefined {
  if (availability.status === 'unavailable' && reach.status === 'not-tried') return undefined;
  const parts = [
    availability.status === 'available' ? availability.where : '',
    startMs === null ? '' : `--version took ${Math.round(startMs)} ms`,
    signedIn === 'unknown' ? 'its login is where it cannot be looked into (keyring)' : '',
    reachText(reach),
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function reachText(reach: Reach): string {
  if (reach.status === 'not-tried') return `not tried to reach: ${reach.because}`;
  if (reach.status === 'unreachable') return '';
  const { address, asked, latencyMs } = reach;
  return `${address} answered ${asked} in ${Math.round(latencyMs)} ms`;
}

/** Another version may work as well, so it is told and nothing more. */
function testedCell({ testedVersion, version }: Probe, look: Look): Span {
  if (version === null || testedVersion === undefined) return quiet(unknown(look));
  return version === testedVersion ? { text: 'yes' } : quiet('no');
}

function signedInCells(look: Look): Readonly<Record<SignedIn, Span>> {
  return {
    yes: { text: 'yes' },
    no: { text: 'no', tone: 'bad' },
    key: { text: 'key set' },
    unknown: quiet('unknown'),
    'not-needed': quiet(unknown(look)),
  };
}

function unknown({ unicode }: Look): string {
  return unicode ? '–' : '-';
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}

function summary(rows: readonly DoctorRow[]): string {
  const ready = rows.filter(
    ({ probe, refusal }) =>
      probe.availability.status === 'available' && !refusal && !isCutOff(probe),
  ).length;
  if (rows.length === 0) return 'No model is configured';
  if (ready === rows.length) return 'All models are ready';
  return `${ready} of ${rows.length} models ${ready === 1 ? 'is' : 'are'} ready`;
}
