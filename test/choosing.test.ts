import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntaxChecker } from '../src/checkers/syntax/syntax.ts';
import { decide } from '../src/decide/decide.ts';
import type { Candidate } from '../src/domain/candidate.ts';
import type { Decision } from '../src/domain/decision.ts';
import { verify } from '../src/verify/verify.ts';

const checker = syntaxChecker();

const candidate = (seat: string, text: string): Candidate => ({
  status: 'code',
  seat,
  files: [{ path: null, language: 'typescript', text }],
  prose: '',
});

async function choose(texts: readonly string[]): Promise<Decision> {
  const candidates = texts.map((text, index) => candidate(`primary-${index + 1}`, text));
  const verdicts = await Promise.all(
    candidates.map((one) =>
      verify(one, {
        checkers: [checker],
        answerCheckers: [],
        signal: new AbortController().signal,
      }),
    ),
  );
  return decide({ mode: 'complex', candidates, verdicts });
}

/** How a candidate is written, apart from what it does. */
interface Manner {
  readonly names: readonly string[];
  readonly gap: string;
}

const programs: readonly ((manner: Manner) => string)[] = [
  ({ names: [a, b, c], gap }) =>
    `export function sum(${a}: number[]) {${gap}let ${b} = 0;${gap}for (const ${c} of ${a}) ${b} += ${c};${gap}return ${b};}`,
  ({ names: [a, b, c], gap }) =>
    `export function sum(${a}: number[]) {${gap}let ${b} = 1;${gap}for (const ${c} of ${a}) ${b} *= ${c};${gap}return ${b};}`,
  ({ names: [a, b, c], gap }) =>
    `export function sum(${a}: number[]) {${gap}let ${b} = 0;${gap}${a}.forEach((${c}) =>${gap}{ ${b} += ${c}; });${gap}return ${b};}`,
  ({ names: [a], gap }) => `export function sum(${a}: number[]) {${gap}return ${a}.length`,
];

const manners = fc.array(
  fc.record({
    names: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}_$/), { minLength: 3, maxLength: 3 }),
    gap: fc.constantFrom(' ', '\n', '\n  // a remark\n', ' /* written by an expert */ '),
  }),
  { minLength: 4, maxLength: 4 },
);

test('the decision does not depend on names of locals, layout or comments', async () => {
  const plain = { names: ['a', 'b', 'c'], gap: ' ' };
  const expected = await choose(programs.map((write) => write(plain)));
  expect(expected).toMatchObject({ chosen: 'primary-1', rule: 'agreement' });
  await fc.assert(
    fc.asyncProperty(manners, async (some) => {
      const texts = programs.map((write, index) => write(some[index] ?? plain));
      const decision = await choose(texts);
      expect(decision.chosen).toBe(expected.chosen);
      expect(decision.rule).toBe(expected.rule);
      expect(decision.rankings.map(({ agreement }) => agreement)).toEqual(
        expected.rankings.map(({ agreement }) => agreement),
      );
    }),
    { numRuns: 30 },
  );
});

test('an answer that was cut off loses to one that is whole, however alike the others are', async () => {
  const cut = 'export function f(a: number) { return a +';
  const decision = await choose([cut, cut, 'export const f = (a: number) => a + 1;']);
  expect(decision).toMatchObject({ chosen: 'primary-3', rule: 'only-one-parsed' });
  expect(decision.explanation).toContain('"{" is never closed');
});
