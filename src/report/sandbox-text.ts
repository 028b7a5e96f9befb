import type { SandboxLevel } from '../domain/sandbox.ts';
import type { Look } from './line.ts';
import type { Span } from './paragraph.ts';
import { type Row, tableLines } from './table.ts';

/** One level of the sandbox on this machine. */
export interface SandboxRow {
  readonly level: SandboxLevel;
  readonly status: 'available' | 'missing';
  /** Whether code is run in this level. */
  readonly used: boolean;
  /** What confines; null where the level is missing. */
  readonly mechanism: string | null;
  /** What it does not promise, one sentence each. */
  readonly promisesNot: readonly string[];
  /** What can be run in it. */
  readonly languages: readonly string[];
  /** Why it is missing. */
  readonly found: string | null;
  /** How to get it, where there is a way. */
  readonly remedy: string | null;
}

/** Writes the levels of this machine, what each does not promise, and in a last line in which one code is run. */
export function renderSandbox(
  rows: readonly SandboxRow[],
  floor: SandboxLevel,
  look: Look,
): string {
  const titles = ['LEVEL', 'STATE', 'RUNS', 'BY'];
  const head: Row = { cells: titles.map((text) => ({ text, tone: 'quiet' as const })) };
  const lines = tableLines([head, ...rows.map((row) => rowOf(row, look))], look);
  return `${lines.join('\n')}\n\n${summary(rows, floor)}\n`;
}

function rowOf(row: SandboxRow, look: Look): Row {
  const { level, found, languages, mechanism, promisesNot, remedy } = row;
  return {
    cells: [
      { text: level, tone: 'strong' },
      stateCell(row, look),
      { text: languages.join(', ') },
      { text: mechanism ?? found ?? '', tone: 'quiet' },
    ],
    details: promisesNot.length === 0 ? undefined : promisesNot.join(' '),
    advice: remedy ?? undefined,
  };
}

function stateCell({ status, used }: SandboxRow, { unicode }: Look): Span {
  if (status === 'missing') return { text: `${unicode ? '✗' : 'x'} missing`, tone: 'bad' };
  return { text: `${unicode ? '✓' : '+'} ${used ? 'used' : 'there'}`, tone: 'good' };
}

function summary(rows: readonly SandboxRow[], floor: SandboxLevel): string {
  const used = rows.find((row) => row.used);
  if (used) return `Code is run in ${used.level}`;
  return `Code is not run: there is no level from ${floor} up, so answers stay unverified`;
}
