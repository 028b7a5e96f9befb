import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../domain/candidate.ts';
import type { Decision } from '../domain/decision.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { Seat } from '../domain/plan.ts';
import type { TestCase } from '../domain/test-case.ts';
import type { Verdict } from '../domain/verdict.ts';
import {
  codeCandidate,
  noCandidate,
  observed,
  seat,
  suite,
  testCase,
  verdict,
} from '../testing/builders.ts';
import { raised, returned } from '../testing/scripted-executor.ts';
import { decide } from './decide.ts';

/** One answer: which program it is, who wrote it, and what it does on each input; null for an error. */
interface Answer {
  readonly program: string;
  readonly family: string;
  readonly does: readonly (number | null)[];
}

const inputsCount = 4;
const outcome = fc.option(fc.integer({ min: 0, max: 2 }), { freq: 6 });
const behaviour = fc.array(outcome, { minLength: inputsCount, maxLength: inputsCount });
/** Each behaviour is a program, so that what one program does is known by its text. */
const answer = fc
  .record({ does: behaviour, family: fc.constantFrom('x', 'y', 'z') })
  .map(({ does, family }): Answer => ({ program: JSON.stringify(does), family, does }));
const answers = fc.array(answer, { minLength: 1, maxLength: 5 });
const claim = fc.tuple(fc.nat({ max: inputsCount - 1 }), fc.integer({ min: 0, max: 2 }));
const claims = fc.array(claim, { maxLength: 6 });

function testsFrom(
  of: readonly (readonly [number, number])[],
  origin: string,
): readonly TestCase[] {
  return of.map(([input, wanted], index) => testCase(`${origin}-${index + 1}`, [input, wanted]));
}

const inputs = Array.from({ length: inputsCount }, (_, at) =>
  testCase(`generated-${at + 1}`, [at]),
);

function seen(value: number | null | undefined): Seen {
  return value == null ? raised('ValueError') : returned({ int: String(value) });
}

function rowsOf({ does }: Answer, tests: readonly TestCase[]): readonly Seen[] {
  return tests.map(({ call }) => {
    const [arg] = call.kind === 'call' ? call.args : [];
    return seen(does[Number(typeof arg === 'object' && arg && 'int' in arg ? arg.int : 0)]);
  });
}

interface Row {
  readonly seat: Seat;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly observed: Observed;
}

function rowOf(given: Answer, id: string, tests: readonly TestCase[]): Row {
  return {
    seat: { ...seat(id, `runner of ${id}`), family: given.family },
    candidate: codeCandidate(id, given.program, { language: 'python' }),
    verdict: verdict(id, 'passed', [given.program]),
    observed: observed(id, rowsOf(given, tests)),
  };
}

function decided(rows: readonly Row[], tests: readonly TestCase[]): Decision {
  return decide({
    mode: 'medium',
    candidates: rows.map(({ candidate }) => candidate),
    verdicts: rows.map((row) => row.verdict),
    trial: {
      seats: rows.map((row) => row.seat),
      suite: suite(tests),
      observed: rows.map((row) => row.observed),
      settlement: null,
      merge: null,
    },
  });
}

const rowsFor = (given: readonly Answer[], tests: readonly TestCase[]): readonly Row[] =>
  given.map((one, index) => rowOf(one, `primary-${index + 1}`, tests));
const programOf = ({ files }: Decision): string | undefined => files[0]?.text;

describe('decide()', () => {
  test('chooses the same program whatever the order of the answers and the names of the seats', () => {
    const order = fc.array(fc.nat(), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(answers, claims, order, (given, written, keys) => {
        const tests = [...testsFrom(written, 'validator'), ...inputs];
        const first = decided(rowsFor(given, tests), tests);
        const shuffled = given
          .map((one, index) => [one, keys[index] ?? 0] as const)
          .toSorted(([, a], [, b]) => a - b)
          .map(([one], index) => rowOf(one, `primary-${9 - index}`, tests));
        const other = decided(shuffled, tests);
        expect(programOf(other)).toBe(programOf(first));
        expect([other.rule, other.verification]).toEqual([first.rule, first.verification]);
      }),
    );
  });

  test('chooses the same program when an answer comes once more from its own family', () => {
    fc.assert(
      fc.property(answers, claims, fc.nat(), (given, written, which) => {
        const tests = [...testsFrom(written, 'validator'), ...inputs];
        const twin = given[which % given.length];
        const more = twin ? [...given, twin] : given;
        const first = decided(rowsFor(given, tests), tests);
        expect(programOf(decided(rowsFor(more, tests), tests))).toBe(programOf(first));
      }),
    );
  });

  test('chooses the same program when a seat that failed is added, which is a row and no vote', () => {
    fc.assert(
      fc.property(answers, claims, (given, written) => {
        const tests = [...testsFrom(written, 'validator'), ...inputs];
        const rows = rowsFor(given, tests);
        const because = 'the answer has no code';
        const failed: Row = {
          seat: seat('primary-9', 'late'),
          candidate: noCandidate('primary-9', 'timed-out'),
          verdict: { seat: 'primary-9', status: 'not-run', checks: [], tokens: null },
          observed: { status: 'not-run', seat: 'primary-9', because, remedy: null },
        };
        const first = decided(rows, tests);
        const other = decided([...rows, failed], tests);
        expect(other.chosen).toBe(first.chosen);
        expect(other.rule).toBe(first.rule);
        expect(other.rankings).toHaveLength(rows.length + 1);
      }),
    );
  });

  // One that the rest contradicts still takes part in ranking the behaviours by which others are weighed.
  test('goes by no test that separates nothing or says what another says', () => {
    fc.assert(
      fc.property(answers, claims, (given, written) => {
        const tests = [...inputs, ...testsFrom(written, 'validator')];
        const first = decided(rowsFor(given, tests), tests);
        const idle = new Set(
          first.selection?.tests
            .filter(({ weight, because }) => weight === 0 && because !== 'contradicted')
            .map((each) => each.test),
        );
        const kept = tests.filter(({ id }) => !idle.has(id));
        expect(programOf(decided(rowsFor(given, kept), kept))).toBe(programOf(first));
      }),
    );
  });

  test('has an answer wherever there is one', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const crashing = given.map((one) => ({ ...one, does: one.does.map(() => null) }));
        expect(decided(rowsFor(crashing, inputs), inputs).chosen).not.toBeNull();
      }),
    );
  });
});

test('decide() is no worse with tests of which half are wrong than with none', () => {
  const panels = 1000;
  const random = randomOf(7);
  const right = (input: number): number => input % 3;
  // Names of programs break ties, so they must not tell which one is right.
  const names = new Map<string, string>();
  const nameOf = (does: readonly (number | null)[]): string => {
    const key = JSON.stringify(does);
    const name = names.get(key) ?? random().toFixed(12);
    names.set(key, name);
    return name;
  };
  let without = 0;
  let withTests = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    names.clear();
    // Half of the answers are right; a wrong one fails some inputs, and likes the same wrong value.
    const given = Array.from({ length: 3 }, (_, index): Answer => {
      const isRight = random() < 0.5;
      const does = inputs.map((_input, at) => {
        if (isRight || random() < 0.5) return right(at);
        return random() < 0.6 ? right(at) + 1 : right(at) + 2;
      });
      return { program: nameOf(does), family: `family ${index}`, does };
    });
    const written = Array.from({ length: 8 }, (): readonly [number, number] => {
      const at = Math.floor(random() * inputsCount);
      return [at, random() < 0.5 ? right(at) : right(at) + 1];
    });
    const isRight = (tests: readonly TestCase[]): number => {
      const chosen = programOf(decided(rowsFor(given, tests), tests));
      return chosen === nameOf(inputs.map((_, at) => right(at))) ? 1 : 0;
    };
    without += isRight(inputs);
    withTests += isRight([...testsFrom(written, 'validator'), ...inputs]);
  }
  expect(without).toBeGreaterThan(panels / 2);
  expect(withTests).toBeGreaterThanOrEqual(without);
});

/** Numbers from 0 up to 1, the same for the same seed. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
