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
  /** Inputs whose result nobody knows; passed where the answer brings one. */
  readonly open: Share;
}

/** Compares a merged answer with each answer that it was merged from, the best single one first. */
export function mergeStandings(
  merge: Merge,
  { outputs, evidence }: ResultJson,
): readonly MergeStanding[] {
  const primaries = outputs.filter(({ role, code }) => role === 'primary' && code !== '');
  const best = primaries.filter(({ seat }) => seat === merge.author);
  const merged: MergeStanding = {
    seat: null,
    name: 'merged answer',
    checks: checksShare(merge.verdict?.checks ?? []),
    ...testShares(evidence, evidence?.merge?.cells ?? []),
  };
  const singles = [...best, ...primaries.filter((output) => !best.includes(output))].map(
    (output): MergeStanding => ({
      seat: output.seat,
      name: outputName(output, primaries),
      checks: checksShare(output.checks),
      ...testShares(
        evidence,
        evidence?.matrix.find(({ seat }) => seat === output.seat)?.cells ?? [],
      ),
    }),
  );
  return [merged, ...singles];
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

type Cells = EvidenceJson['matrix'][number]['cells'];

function testShares(
  evidence: EvidenceJson | null,
  cells: Cells,
): Pick<MergeStanding, 'shown' | 'written' | 'open'> {
  const tests = evidence?.tests ?? [];
  const share = (
    isCounted: (test: EvidenceJson['tests'][number]) => boolean,
    wanted: readonly Cells[number]['outcome'][],
  ): Share => {
    const places = tests.flatMap((test, index) => (isCounted(test) ? [index] : []));
    const passed = places.filter((place) => {
      const cell = cells[place];
      return cell !== undefined && wanted.includes(cell.outcome);
    });
    return { passed: passed.length, of: places.length };
  };
  const isShown = ({ origin }: EvidenceJson['tests'][number]): boolean =>
    origin === 'example' || origin === 'user';
  return {
    shown: share((test) => test.expected !== null && isShown(test), ['passed']),
    written: share((test) => test.expected !== null && !isShown(test), ['passed']),
    open: share(({ expected }) => expected === null, ['value', 'differs']),
  };
}
