import type { Availability } from '../domain/availability.ts';
import { type AttemptFailure, failureFacts } from '../domain/failure.ts';
import type { ModelRow } from '../domain/model-row.ts';
import { failureTitles } from './failure-text.ts';
import type { Look } from './line.ts';
import type { Span } from './paragraph.ts';
import { type Row, tableLines } from './table.ts';

/** Writes what can be asked here, and for the rest why not and what to do about it. */
export function renderModels(rows: readonly ModelRow[], look: Look): string {
  const head: Row = { cells: ['MODEL', 'TYPE', 'STATE', 'WHERE'].map(quiet) };
  const lines = tableLines([head, ...rows.map((row) => rowOf(row, look))], look);
  return `${lines.join('\n')}\n`;
}

function rowOf({ name, type, availability, models, refusal }: ModelRow, look: Look): Row {
  const where = availability.status === 'available' ? availability.where : '';
  const state = stateCell(availability, look, refusal);
  return {
    cells: [{ text: name, tone: 'strong' }, { text: type }, state, quiet(where)],
    advice: adviceOf(availability, refusal) ?? choiceOf(name, models),
  };
}

/** Models that are listed of a server; some have hundreds. */
const shownModels = 8;

/** Says which models a server has and how to ask one of them. */
function choiceOf(name: string, models: readonly string[] | undefined): string | undefined {
  if (models === undefined) return undefined;
  const [first, ...others] = models;
  if (first === undefined) return 'It has no model. Load one into it';
  const shown = [first, ...others].slice(0, shownModels).join(', ');
  const more = models.length > shownModels ? ` and ${models.length - shownModels} more` : '';
  return `It has ${shown}${more}. Ask one with --models ${name}:${others[0] ?? first}`;
}

/** The cell that says whether a runner can be asked. */
export function stateCell(
  availability: Availability,
  { unicode }: Look,
  refusal?: AttemptFailure,
): Span {
  const kind = availability.status === 'available' ? refusal?.kind : availability.kind;
  if (kind === undefined) return { text: `${unicode ? '✓' : '+'} ready`, tone: 'good' };
  return { text: `${unicode ? '✗' : 'x'} ${failureTitles[kind].toLowerCase()}`, tone: 'bad' };
}

/** Says what is missing and what to do about it; undefined where nothing is. */
export function adviceOf(availability: Availability, refusal?: AttemptFailure): string | undefined {
  if (availability.status === 'available') {
    return refusal && `${refusal.message}. ${failureFacts[refusal.kind].remedy}`;
  }
  return `${availability.message}. ${availability.remedy}`;
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}
