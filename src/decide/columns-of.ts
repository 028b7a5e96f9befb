import { callKey } from '../domain/call-key.ts';
import { type Lens, lensOf } from '../domain/lens.ts';
import type { EvidenceSource } from '../domain/matrix.ts';
import type { Suite } from '../domain/suite.ts';
import type { Origin, TestCase } from '../domain/test-case.ts';

/** One call that candidates are compared on, looked at in one way, and the tests that ask about it so. */
export interface Column {
  /** The id of the first of its tests. */
  readonly id: string;
  readonly source: EvidenceSource;
  /** Where the call stands in the suite, and so in the rows of what was observed. */
  readonly at: number;
  readonly lens: Lens;
  readonly tests: readonly TestCase[];
}

/** Where evidence comes from, by the origin of a test. */
export const sourceOf: Readonly<Record<Origin, EvidenceSource>> = {
  user: 'user',
  example: 'example',
  validator: 'validator',
  generated: 'generated',
  separating: 'generated',
};

/**
 * Lists the calls of a suite, each of them once: what several authors say of one call is several tests of one
 * input, or the call would count as often as it was thought of. Only demands that have to be looked at in
 * different ways, such as one on the value and one on what is printed, make more than one column of a call.
 */
export function columnsOf({ tests }: Suite): readonly Column[] {
  const places = new Map(tests.map((test, index) => [test, index] as const));
  const calls = Map.groupBy(tests, ({ call }) => callKey(call));
  return [...calls.values()].flatMap((alike) => {
    const views = Map.groupBy(alike, (test) => lensFor(test, alike));
    return [...views].flatMap(([lens, seen]): readonly Column[] => {
      const [first] = seen;
      const at = first && places.get(first);
      if (first === undefined || at === undefined) return [];
      return [{ id: first.id, source: sourceOf[first.origin], at, lens, tests: seen }];
    });
  });
}

/** Lenses through which a value that is returned looks as it does without them. */
const transparent: readonly Lens[] = ['raised', 'any-error', 'nothing'];

function lensFor({ expected }: TestCase, alike: readonly TestCase[]): Lens {
  const own = ownLens(expected);
  if (own !== 'value') return own;
  const others = alike.map((test) => ownLens(test.expected));
  // An input alone goes with any demand, but not with one that leaves out what a call prints and changes.
  const fitting: readonly Lens[] = expected ? transparent : ['raised', 'any-error', 'printed'];
  return others.find((lens) => fitting.includes(lens)) ?? 'value';
}

function ownLens(expected: TestCase['expected']): Lens {
  return (expected && lensOf(expected)) ?? 'value';
}
