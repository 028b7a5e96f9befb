import type { Merge } from '../../../src/domain/merge.ts';
import type { ResultJson } from '../../../src/report/json.ts';
import { type EvidenceJson, outputName } from './shapes.ts';

/** How many of something there are, and how many of these an answer passes. */
export interface Share {
  readonly passed: number;
  readonly of: number;
}

/** What one answer passes of that which a merged answer is compared by. */
export interface MergeStanding {
  /** The seat of an answer; null for the merged one. */
  readonly seat: string | null;
  readonly name: string;
  /** The person's own checks and those of syntax. */
  readonly checks: Share;
  /** Tests that the task or the person shows. */
  readonly shown: Share;
  /** Tests that models wrote. */
  readonly written: Share;
  /** Inputs whose right result nobody knows; passed where the answer brings a result. */
  readonly open: Share;
  /** Those of them on which all single answers bring the same result; passed where this one brings it too. */
  readonly agreed: Share;
}

type Cells = EvidenceJson['matrix'][number]['cells'];
type Cell = Cells[number];

/** Compares a merged answer with each answer that it was merged from, the best single one first. */
export function mergeStandings(
  merge: Merge,
  { outputs, evidence }: ResultJson,
): readonly MergeStanding[] {
  const primaries = outputs.filter(({ role, code }) => role === 'primary' && code !== '');
  const best = primaries.filter(({ seat }) => seat === merge.author);
  const singles = [...best, ...primaries.filter((output) => !best.includes(output))].map(
    (output) => ({
      seat: output.seat,
      name: outputName(output, primaries),
      checks: checksShare(output.checks),
      cells: evidence?.matrix.find(({ seat }) => seat === output.seat)?.cells ?? [],
    }),
  );
  const merged = {
    seat: null,
    name: 'merged answer',
    checks: checksShare(merge.verdict?.checks ?? []),
    cells: evidence?.merge?.cells ?? [],
  };
  const tests = evidence?.tests ?? [];
  const all = singles.map(({ cells }) => cells);
  return [merged, ...singles].map(({ cells, ...row }) => ({
    ...row,
    ...testShares(tests, cells),
    agreed: agreedShare(tests, cells, all),
  }));
}

interface CheckRow {
  readonly outcome: { readonly status: string };
}

/** What could not be run is neither passed nor failed. */
function checksShare(checks: readonly CheckRow[]): Share {
  const ran = checks.filter(({ outcome }) => outcome.status !== 'not-run');
  return {
    passed: ran.filter(({ outcome }) => outcome.status === 'passed').length,
    of: ran.length,
  };
}

type Tests = EvidenceJson['tests'];

function testShares(tests: Tests, cells: Cells): Pick<MergeStanding, 'shown' | 'written' | 'open'> {
  const isShown = ({ origin }: Tests[number]): boolean => origin === 'example' || origin === 'user';
  const isMet = (place: number): boolean => cells[place]?.outcome === 'passed';
  const share = (
    isCounted: (test: Tests[number]) => boolean,
    isPassed: (place: number) => boolean,
  ): Share => {
    const places = tests.flatMap((test, index) => (isCounted(test) ? [index] : []));
    return { passed: places.filter(isPassed).length, of: places.length };
  };
  return {
    shown: share((test) => test.expected !== null && isShown(test), isMet),
    written: share((test) => test.expected !== null && !isShown(test), isMet),
    open: share(
      ({ expected }) => expected === null,
      (place) => resultOf(cells[place]) !== undefined,
    ),
  };
}

function agreedShare(tests: Tests, cells: Cells, singles: readonly Cells[]): Share {
  const shared = tests.map(({ expected }, place) => {
    const results = singles.map((each) => resultOf(each[place]));
    const isShared = expected === null && results.every((result) => result === results[0]);
    return isShared ? results[0] : undefined;
  });
  const places = shared.flatMap((result, place) => (result === undefined ? [] : [place]));
  const same = places.filter((place) => resultOf(cells[place]) === shared[place]);
  return { passed: same.length, of: places.length };
}

/** What came of an input that nobody knows the right result of; undefined where no result came. */
function resultOf(cell: Cell | undefined): string | undefined {
  return cell?.outcome === 'value' || cell?.outcome === 'differs' ? cell.got : undefined;
}
