import type { Answered, Attempt, Failed } from '../domain/attempt.ts';
import type { Candidate, CodeFile } from '../domain/candidate.ts';
import type { Decision } from '../domain/decision.ts';
import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { Plan, Seat, SeatId } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Suite } from '../domain/suite.ts';
import type { Task } from '../domain/task.ts';
import type { Origin, TestCase } from '../domain/test-case.ts';
import type { Review } from '../domain/validation.ts';
import type { Check, Verdict } from '../domain/verdict.ts';

/** A task in the default mode without context. */
export function task(text: string, change: Partial<Task> = {}): Task {
  return {
    text,
    context: [],
    mode: 'medium',
    models: undefined,
    validators: undefined,
    strict: false,
    ...change,
  };
}

/** A seat whose role is the one that its id begins with: `primary-1`, `validator-1`. */
export function seat(id: SeatId, runner: string): Seat {
  return { id, role: id.startsWith('validator') ? 'validator' : 'primary', runner };
}

/** An attempt that brought a whole answer at the first request, in a second. */
export function answered(at: Seat, text: string, change: Partial<Answered> = {}): Answered {
  return {
    status: 'answered',
    seat: at.id,
    runner: at.runner,
    tries: 1,
    durationMs: 1000,
    text,
    model: null,
    usage: null,
    costUsd: null,
    ...change,
  };
}

/** An attempt that failed at the first request, after a second. */
export function failed(
  at: Seat,
  kind: FailureKind,
  change: Partial<Omit<AttemptFailure, 'kind'>> = {},
): Failed {
  return {
    status: 'failed',
    seat: at.id,
    runner: at.runner,
    tries: 1,
    durationMs: 1000,
    failure: { kind, message: `Failed: ${kind}`, ...change },
    partialText: '',
  };
}

/** A file of an answer without a path, in TypeScript. */
export function codeFile(text: string, change: Partial<CodeFile> = {}): CodeFile {
  return { path: null, language: 'typescript', text, ...change };
}

/** A candidate of one file, without prose. */
export function codeCandidate(
  id: SeatId,
  text: string,
  change: Partial<CodeFile> = {},
): Extract<Candidate, { status: 'code' }> {
  return { status: 'code', seat: id, files: [codeFile(text, change)], prose: '' };
}

/** A candidate that is text alone. */
export function proseCandidate(id: SeatId, prose: string): Extract<Candidate, { status: 'prose' }> {
  return { status: 'prose', seat: id, prose };
}

/** The candidate of a seat that did not answer. */
export function noCandidate(
  id: SeatId,
  because: FailureKind,
): Extract<Candidate, { status: 'none' }> {
  return { status: 'none', seat: id, because };
}

/** A verdict by one syntax check, `passed` or failed in line 1; without code it was not run. */
export function verdict(
  id: SeatId,
  status: Verdict['status'],
  tokens: readonly string[] | null = null,
): Verdict {
  return {
    seat: id,
    status,
    checks: [{ checker: 'syntax', file: null, outcome: outcomes[status] }],
    tokens,
  };
}

const outcomes: Readonly<Record<Verdict['status'], Check['outcome']>> = {
  passed: { status: 'passed' },
  failed: { status: 'failed', line: 1, message: 'unexpected token' },
  'not-run': { status: 'not-run', because: 'the answer holds no code' },
};

/** A decision for a candidate, as the only one; for null, that there is none. */
export function decision(chosen: Candidate | null, change: Partial<Decision> = {}): Decision {
  return {
    chosen: chosen?.seat ?? null,
    rule: chosen ? 'only-one' : 'none',
    rankings: chosen
      ? [{ seat: chosen.seat, eligible: true, agreement: null, reason: 'The only answer' }]
      : [],
    files: chosen?.status === 'code' ? chosen.files : [],
    prose: chosen && chosen.status !== 'none' ? chosen.prose : '',
    explanation: chosen ? 'There is one answer.' : 'There is no answer.',
    verification: { status: 'unverified', because: 'It was not run', sandbox: null },
    selection: null,
    synthesis: null,
    ...change,
  };
}

/** One call of the function `f` with an integer, and the integer that is wanted, if any. */
export function testCase(
  id: string,
  [arg, wanted]: readonly [number, number?],
  change: Partial<TestCase> = {},
): TestCase {
  const origin = origins.find((each) => id.startsWith(each)) ?? 'generated';
  const value = wanted === undefined ? undefined : { int: String(wanted) };
  return {
    id,
    origin,
    author: null,
    call: { kind: 'call', name: 'f', args: [{ int: String(arg) }] },
    expected: value && { kind: 'value', value },
    ...change,
  };
}

const origins: readonly Origin[] = ['example', 'user', 'validator', 'separating', 'generated'];

/** A suite of tests of the Python function `f`. */
export function suite(tests: readonly TestCase[], change: Partial<Suite> = {}): Suite {
  const parameters = [{ name: 'n', type: undefined, isOptional: false }];
  const entry = { kind: 'function', name: 'f', language: 'python', parameters } as const;
  return {
    entry: { ...entry, isVariadic: false, aliases: {} },
    tests,
    anyOrder: false,
    dropped: [],
    ...change,
  };
}

/** What a candidate did, test by test. */
export function observed(id: SeatId, rows: readonly Seen[]): Observed {
  const sandbox = { level: 'kernel', mechanism: 'scripted', promisesNot: [] } as const;
  return { status: 'ran', seat: id, sandbox, rows };
}

/** A review without findings. */
export function review(
  id: SeatId,
  given: 'accept' | 'revise' | 'reject',
  change: Partial<
    Omit<Extract<Review, { status: 'reviewed' }>, 'status' | 'seat' | 'verdict'>
  > = {},
): Review {
  return {
    status: 'reviewed',
    seat: id,
    verdict: given,
    summary: `Scripted: ${given}`,
    findings: [],
    ...change,
  };
}

/** A plan with these seats, for a task of the category `general` in medium mode. */
export function plan(seats: readonly Seat[], change: Partial<Plan> = {}): Plan {
  const runnersOf = (role: Seat['role']): readonly string[] =>
    seats.filter((each) => each.role === role).map(({ runner }) => runner);
  return {
    route: {
      category: 'general',
      mode: 'medium',
      primaries: runnersOf('primary'),
      validators: runnersOf('validator'),
      words: [],
      reason: 'general: no keyword of any category',
    },
    seats,
    substitutions: [],
    ...change,
  };
}

/** A finished run: claude-code and codex gave the same function, and gemini accepted the first. */
export function runRecord(change: Partial<RunRecord> = {}): RunRecord {
  const seats = [
    seat('primary-1', 'claude-code'),
    seat('primary-2', 'codex'),
    seat('validator-1', 'gemini'),
  ] as const;
  const code = 'export const two = (): number => 2;\n';
  const answer = `\`\`\`ts\n${code}\`\`\``;
  const reply = '{"verdict":"accept","summary":"Scripted: accept","findings":[]}';
  const attempts: readonly Attempt[] = [
    answered(seats[0], answer),
    answered(seats[1], answer),
    answered(seats[2], reply),
  ];
  const first = codeCandidate('primary-1', code);
  return {
    id: 'run-1',
    task: task('Write a TypeScript function that returns two'),
    status: 'complete',
    plan: plan(seats),
    attempts,
    candidates: [first, codeCandidate('primary-2', code)],
    verdicts: [verdict('primary-1', 'passed', ['2']), verdict('primary-2', 'passed', ['2'])],
    suite: null,
    observed: [],
    settlement: null,
    merge: null,
    decision: decision(first, {
      rule: 'agreement',
      rankings: ['primary-1', 'primary-2'].map((id) => ({
        seat: id,
        eligible: true,
        agreement: 1,
        reason: 'Parses, and agrees with the other',
      })),
      explanation: 'Both answers parse and are the same.',
    }),
    validation: {
      needsHumanReview: false,
      reasons: [],
      reviews: [review('validator-1', 'accept')],
    },
    notRecorded: [],
    spending: {
      costUsd: null,
      knownUsd: 0,
      tokens: 0,
      isEstimate: false,
      unpriced: ['claude-code', 'codex', 'gemini'],
    },
    budgets: [],
    startedAtMs: 0,
    durationMs: 2000,
    ...change,
  };
}
