import { describe, expect, test } from 'vitest';
import type { Candidate, CodeFile } from '../domain/candidate.ts';
import type { AnswerChecker, Check, Checker } from '../domain/verdict.ts';
import { tokensMaxCount, verify } from './verify.ts';

const file = (path: string | null, text = 'x'): CodeFile => ({ path, language: null, text });

const code = (...files: [CodeFile, ...CodeFile[]]): Candidate => ({
  status: 'code',
  seat: 'primary-1',
  files,
  prose: '',
});

const toolsOf = (checkers: readonly Checker[], answerCheckers: readonly AnswerChecker[] = []) => ({
  checkers,
  answerCheckers,
  signal: new AbortController().signal,
});

/** Says of each file what its text says. */
const honest: Checker = {
  name: 'honest',
  warm: async () => {},
  check: async ({ path, text }) => ({
    check: { checker: 'syntax', file: path, outcome: outcomeOf(text) },
    tokens: text === 'plain' ? null : [`<${text}>`],
  }),
};

const outcomeOf = (text: string): Check['outcome'] => {
  if (text === 'failed') return { status: 'failed', line: 1, message: 'broken' };
  return text === 'passed' ? { status: 'passed' } : { status: 'not-run', because: 'no grammar' };
};

describe('verify() says', () => {
  test.each([
    ['failed when one file fails', ['passed', 'failed', 'plain'], 'failed'],
    ['passed when one passes and none fails', ['plain', 'passed'], 'passed'],
    ['not-run when nothing could be checked', ['plain'], 'not-run'],
  ])('%s', async (_, [first = '', ...others], status) => {
    const candidate = code(file('a', first), ...others.map((text) => file('b', text)));
    expect(await verify(candidate, toolsOf([honest]))).toHaveProperty('status', status);
  });

  test.each<Candidate>([
    { status: 'prose', seat: 'primary-2', prose: 'Use a queue.' },
    { status: 'none', seat: 'primary-2', because: 'timed-out' },
  ])('not-run of an answer without code', async (candidate) => {
    const verdict = await verify(candidate, toolsOf([honest]));
    expect(verdict).toEqual({ seat: 'primary-2', status: 'not-run', checks: [], tokens: null });
  });

  test('not-run without checkers, and still gives tokens', async () => {
    const verdict = await verify(code(file(null, 'a + b')), toolsOf([]));
    expect(verdict).toMatchObject({ status: 'not-run', checks: [], tokens: ['a', '+', 'b'] });
  });
});

test('verify() has every file checked by every checker', async () => {
  const second: Checker = { ...honest, name: 'second' };
  const { checks } = await verify(
    code(file('a', 'passed'), file('b', 'failed')),
    toolsOf([honest, second]),
  );
  expect(checks.map(({ file: path }) => path)).toEqual(['a', 'a', 'b', 'b']);
});

test('verify() takes plain tokens for a file that no checker can read', async () => {
  const { tokens } = await verify(code(file('a', 'passed'), file('b', 'plain')), toolsOf([honest]));
  expect(tokens).toEqual(['<passed>', 'plain']);
});

test('verify() gives the same tokens for the same files in another order', async () => {
  const [a, b] = [file('a', 'passed'), file('b', 'x')];
  const [one, other] = [
    await verify(code(a, b), toolsOf([honest])),
    await verify(code(b, a), toolsOf([honest])),
  ];
  expect(one.tokens).toEqual(other.tokens);
});

test('verify() keeps a bounded number of tokens', async () => {
  const { tokens } = await verify(code(file('a', 'x '.repeat(tokensMaxCount + 1))), toolsOf([]));
  expect(tokens).toHaveLength(tokensMaxCount);
});

test('verify() does not reject when a checker does', async () => {
  const broken: Checker = { ...honest, check: () => Promise.reject(new Error('out of memory')) };
  const { status, checks } = await verify(code(file('a')), toolsOf([broken]));
  expect(status).toBe('not-run');
  expect(checks[0]?.outcome).toEqual({
    status: 'not-run',
    because: 'the check itself failed: out of memory',
  });
});

describe('verify() with a check of the person', () => {
  const saying = (outcome: Check['outcome']): AnswerChecker => ({
    name: 'tests',
    check: async () => [{ checker: 'tests', file: 'test_a.py', outcome }],
  });
  const verdictOf = (text: string, outcome: Check['outcome']) =>
    verify(code(file('a', text)), toolsOf([honest], [saying(outcome)]));

  test('fails an answer that parses and fails the check', async () => {
    const outcome = { status: 'failed', line: null, message: 'no' } as const;
    expect(await verdictOf('passed', outcome)).toHaveProperty('status', 'failed');
  });

  test('passes an answer that the grammar does not know and that passes the check', async () => {
    const { status, checks } = await verdictOf('failed', { status: 'passed' });
    expect(status).toBe('passed');
    expect(checks[0]?.outcome).toMatchObject({
      status: 'not-run',
      because: expect.stringContaining('the code runs'),
    });
  });

  test('keeps the syntax fault where the check did not run', async () => {
    const outcome = { status: 'not-run', because: 'no sandbox' } as const;
    expect(await verdictOf('failed', outcome)).toHaveProperty('status', 'failed');
  });

  test('says that a check which rejects did not run', async () => {
    const broken: AnswerChecker = { name: 'tests', check: () => Promise.reject(new Error('full')) };
    const { checks } = await verify(code(file('a', 'passed')), toolsOf([honest], [broken]));
    expect(checks[1]?.outcome).toEqual({
      status: 'not-run',
      because: 'the check itself failed: full',
    });
  });
});
