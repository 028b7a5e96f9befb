import type { CellOutcome, Evidence, EvidenceCell, EvidenceTest } from '../domain/evidence.ts';
import type { SeatId } from '../domain/plan.ts';
import { displayWidth, fitTo, padTo } from './display-width.ts';
import { type Look, lineOf } from './line.ts';
import type { Span, Tone } from './paragraph.ts';
import { safeLine } from './safe-text.ts';
import { seatNames } from './seat-names.ts';

/** The most tests that are shown, and where all candidates pass them all; `--json` has every one. */
const testsMaxShown = 8;
const sameMaxShown = 3;
/** The most of them that are inputs without a known result. */
const inputsMaxShown = 3;
/** Cells that a name and an author take at most, and the fewest that a call gets beside them. */
const nameMaxCells = 20;
const authorMaxCells = 12;
const callMinCells = 24;
const gap = '  ';

interface Column {
  readonly seat: SeatId;
  readonly name: string;
  readonly cells: readonly EvidenceCell[];
}

interface Line {
  readonly test: EvidenceTest;
  readonly index: number;
}

/**
 * Draws who passes which test: a line for each test that has a known result or tells candidates apart, the most
 * telling ones where there are too many, and a column for each candidate, the chosen one first.
 */
export function matrixLines(
  evidence: Evidence,
  chosen: SeatId | null,
  look: Look,
): readonly string[] {
  const all = columnsOf(evidence, chosen);
  const lines = evidence.tests
    .map((test, index): Line => ({ test, index }))
    .filter(({ test }) => isFirst(test, evidence))
    .filter((line) => line.test.expected !== null || tells(line, all));
  const shown = mostTelling(lines, all, evidence.separating?.test);
  if (shown.length === 0 || all.length === 0) return [];
  const fitting = columnsThatFit(all, shown, look);
  const layout = { fitting, hidden: all.length - fitting.length, look };
  return [
    header(layout, shown),
    ...shown.map((line) => row(line, layout, shown)),
    ...rest(evidence, shown, look),
  ];
}

/** What two authors demand alike is shown once. */
function isFirst({ call, expected, id }: EvidenceTest, { tests }: Evidence): boolean {
  return tests.find((other) => other.call === call && other.expected === expected)?.id === id;
}

function columnsOf({ matrix }: Evidence, chosen: SeatId | null): readonly Column[] {
  const nameOf = seatNames(matrix);
  const ran = matrix.filter(({ cells }) => cells.length > 0);
  const first = ran.filter(({ seat }) => seat === chosen);
  return [...first, ...ran.filter((each) => !first.includes(each))].map(({ seat, cells }) => ({
    seat,
    name: fitTo(safeLine(nameOf(seat)), nameMaxCells, '~'),
    cells,
  }));
}

/** Whether candidates part on a test. */
function tells({ index }: Line, columns: readonly Column[]): boolean {
  const outcomes = columns.map(({ cells }) => cells[index]?.outcome);
  return outcomes.includes('differs') || outcomes.some((outcome) => outcome !== outcomes[0]);
}

/** The one that separates the leading behaviours first, and demands before inputs alone. */
function mostTelling(
  lines: readonly Line[],
  columns: readonly Column[],
  separating: string | undefined,
): readonly Line[] {
  const telling = lines.filter((line) => tells(line, columns));
  const isKnown = ({ test }: Line): boolean => test.expected !== null;
  const rank = (line: Line): number =>
    (line.test.id === separating ? 8 : 0) +
    (isKnown(line) ? 2 : 0) +
    (line.test.weight === 0 ? -1 : 0) +
    (tells(line, columns) ? 4 : 0);
  const count = telling.length > 0 ? testsMaxShown : sameMaxShown;
  const inputs = telling.filter((line) => !isKnown(line)).slice(inputsMaxShown);
  return lines
    .filter((line) => line.test.id === separating || !inputs.includes(line))
    .toSorted((a, b) => rank(b) - rank(a) || a.index - b.index)
    .slice(0, count)
    .toSorted((a, b) => a.index - b.index);
}

interface Layout {
  readonly fitting: readonly Column[];
  readonly hidden: number;
  readonly look: Look;
}

function columnsThatFit(
  columns: readonly Column[],
  shown: readonly Line[],
  look: Look,
): readonly Column[] {
  const needed = gap.length * 2 + authorCells(shown) + callMinCells;
  let left = look.width - needed;
  const fitting = columns.filter(({ name }, index) => {
    left -= displayWidth(name) + gap.length;
    return left >= (index === columns.length - 1 ? 0 : '+9'.length + gap.length);
  });
  return fitting.length === 0 ? columns.slice(0, 1) : fitting;
}

function header({ fitting, hidden, look }: Layout, shown: readonly Line[]): string {
  const before = ' '.repeat(gap.length + authorCells(shown) + gap.length);
  const title = padTo(before, before.length + callCells({ fitting, hidden, look }, shown));
  const names = fitting.map(({ name }) => `${gap}${name}`).join('');
  return lineOf(
    [{ text: `${title}${names}${hidden > 0 ? `${gap}+${hidden}` : ''}`, tone: 'quiet' }],
    look,
  );
}

function row({ test, index }: Line, layout: Layout, shown: readonly Line[]): string {
  const { fitting, look } = layout;
  const author = padTo(fitTo(authorOf(test), authorMaxCells, '~'), authorCells(shown));
  const call = fitTo(textOf(test, look), callCells(layout, shown), look.unicode ? '…' : '~');
  const signs = fitting.map(({ cells, name }, at): Span => {
    const { sign, tone } = signOf(cells[index]?.outcome ?? 'not-run', look);
    const isLast = at === fitting.length - 1;
    return { text: `${gap}${isLast ? sign : padTo(sign, displayWidth(name))}`, tone };
  });
  return lineOf(
    [
      { text: `${gap}${author}${gap}`, tone: 'quiet' },
      {
        text: padTo(call, callCells(layout, shown)),
        tone: test.weight === 0 ? 'quiet' : undefined,
      },
      ...signs,
    ],
    look,
  );
}

function callCells({ fitting, hidden, look }: Layout, shown: readonly Line[]): number {
  const names = fitting.reduce((sum, { name }) => sum + displayWidth(name) + gap.length, 0);
  const taken = gap.length * 2 + authorCells(shown) + names + (hidden > 0 ? 4 : 0);
  const widest = Math.max(...shown.map(({ test }) => displayWidth(textOf(test, look))));
  return Math.max(callMinCells, Math.min(widest, look.width - taken));
}

function authorCells(shown: readonly Line[]): number {
  const widest = Math.max(...shown.map(({ test }) => displayWidth(authorOf(test))));
  return Math.min(authorMaxCells, widest);
}

function authorOf({ author, origin }: EvidenceTest): string {
  if (author !== null) return safeLine(author);
  const origins = {
    example: 'task',
    user: 'yours',
    validator: 'model',
    generated: 'made',
    separating: 'made',
  } as const;
  return origins[origin];
}

function textOf({ call, expected }: EvidenceTest, look: Look): string {
  const arrow = look.unicode ? '→' : '->';
  return safeLine(expected === null ? call : `${call} ${arrow} ${expected}`);
}

function signOf(
  outcome: CellOutcome,
  look: Look,
): { readonly sign: string; readonly tone: Tone | undefined } {
  const { sign, ascii, tone } = signs[outcome];
  return { sign: look.unicode ? sign : ascii, tone };
}

const signs: Readonly<
  Record<
    CellOutcome,
    { readonly sign: string; readonly ascii: string; readonly tone: Tone | undefined }
  >
> = {
  passed: { sign: '✓', ascii: '+', tone: 'good' },
  failed: { sign: '✗', ascii: 'x', tone: 'bad' },
  value: { sign: '=', ascii: '=', tone: undefined },
  raised: { sign: '=', ascii: '=', tone: undefined },
  differs: { sign: '≠', ascii: '/', tone: 'warning' },
  'timed-out': { sign: '✗ late', ascii: 'x late', tone: 'bad' },
  crashed: { sign: '✗ died', ascii: 'x died', tone: 'bad' },
  flaky: { sign: '~', ascii: '~', tone: 'warning' },
  'not-run': { sign: '·', ascii: '.', tone: 'quiet' },
};

function rest(evidence: Evidence, shown: readonly Line[], look: Look): readonly string[] {
  const { tests, testsLeftOut } = evidence;
  const hidden = tests.filter(
    (test) => isFirst(test, evidence) && !shown.some((line) => line.test === test),
  );
  const known = hidden.filter(({ expected }) => expected !== null).length;
  const inputs = hidden.length - known + testsLeftOut;
  const parts = [
    ...(known === 0 ? [] : [`${known} more ${known === 1 ? 'test' : 'tests'}`]),
    ...(inputs === 0
      ? []
      : [`${inputs} ${inputs === 1 ? 'input' : 'inputs'} without a known result`]),
  ];
  if (parts.length === 0) return [];
  return [lineOf([{ text: `${gap}${parts.join(' and ')}: see --json`, tone: 'quiet' }], look)];
}
