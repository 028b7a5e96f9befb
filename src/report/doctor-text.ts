import type { Probe } from '../domain/availability.ts';
import type { Look, Span } from './line.ts';
import { adviceOf, stateCell } from './models-text.ts';
import { type Row, tableLines } from './table.ts';

/** A configured runner, and what a cheap check of it found. */
export interface DoctorRow {
  readonly name: string;
  readonly probe: Probe;
}

/** Writes what the checks of all runners found, with one remedy for each that cannot be asked, and a last line that sums it up. */
export function renderDoctor(rows: readonly DoctorRow[], look: Look): string {
  const titles = ['MODEL', 'STATE', 'VERSION', 'TESTED', 'SIGNED IN', 'LATENCY', 'WHERE'];
  const head: Row = { cells: titles.map(quiet) };
  const lines = tableLines([head, ...rows.map((row) => rowOf(row, look))], look);
  return `${lines.join('\n')}\n\n${summary(rows)}\n`;
}

function rowOf({ name, probe }: DoctorRow, look: Look): Row {
  const { availability, version, signedIn, latencyMs } = probe;
  const where = availability.status === 'available' ? availability.where : '';
  return {
    cells: [
      { text: name, tone: 'strong' },
      stateCell(availability, look),
      { text: version ?? unknown(look) },
      testedCell(probe, look),
      signedInCell(signedIn, look),
      { text: latencyMs === null ? unknown(look) : `${Math.round(latencyMs)} ms` },
      quiet(where),
    ],
    advice: adviceOf(availability),
  };
}

/** Another version may work as well, so it is told and nothing more. */
function testedCell({ testedVersion, version }: Probe, look: Look): Span {
  if (version === null || testedVersion === undefined) return quiet(unknown(look));
  return version === testedVersion ? { text: 'yes' } : quiet('no');
}

function signedInCell(signedIn: boolean | null, look: Look): Span {
  if (signedIn === null) return quiet(unknown(look));
  return signedIn ? { text: 'yes' } : { text: 'no', tone: 'bad' };
}

function unknown({ unicode }: Look): string {
  return unicode ? '–' : '-';
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}

function summary(rows: readonly DoctorRow[]): string {
  const ready = rows.filter(({ probe }) => probe.availability.status === 'available').length;
  if (rows.length === 0) return 'No model is configured';
  if (ready === rows.length) return 'All models are ready';
  return `${ready} of ${rows.length} models ${ready === 1 ? 'is' : 'are'} ready`;
}
