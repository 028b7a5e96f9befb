import type { Answered, Attempt, Failed } from '../../src/domain/attempt.ts';
import type { CodeFile } from '../../src/domain/candidate.ts';
import type { Decision } from '../../src/domain/decision.ts';
import type { FailureKind } from '../../src/domain/failure.ts';
import type { Plan, Seat } from '../../src/domain/plan.ts';
import type { RunRecord } from '../../src/domain/run-record.ts';
import type { Task } from '../../src/domain/task.ts';
import type { Finding, Review } from '../../src/domain/validation.ts';
import type { Verdict } from '../../src/domain/verdict.ts';

/** A backend task in medium mode: claude-code and codex answer, gemini validates. */
export const sampleTask: Task = {
  text: 'Build a REST API endpoint',
  context: [],
  mode: 'auto',
  models: undefined,
  validators: undefined,
  strict: false,
};

export function primary(number: number, runner: string): Seat {
  return { id: `primary-${number}`, role: 'primary', runner };
}

export function validator(number: number, runner: string): Seat {
  return { id: `validator-${number}`, role: 'validator', runner };
}

export function planWith(seats: readonly Seat[], change: Partial<Plan> = {}): Plan {
  const runners = (role: string): readonly string[] =>
    seats.filter((seat) => seat.role === role).map(({ runner }) => runner);
  return {
    route: {
      category: 'backend',
      mode: 'medium',
      primaries: runners('primary'),
      validators: runners('validator'),
      words: ['api', 'endpoint'],
      reason: 'The words api and endpoint name backend work',
    },
    seats,
    substitutions: [],
    ...change,
  };
}

export const samplePlan: Plan = planWith([
  primary(1, 'claude-code'),
  primary(2, 'codex'),
  validator(1, 'gemini'),
]);

export function answered({ id, runner }: Seat, change: Partial<Answered> = {}): Answered {
  return {
    status: 'answered',
    seat: id,
    runner,
    tries: 1,
    durationMs: 12_340,
    text: `Here it is:\n\n\`\`\`ts\nexport const from = '${runner}';\n\`\`\`\n`,
    model: `${runner}-large`,
    usage: { inputTokens: 120, outputTokens: 340 },
    costUsd: 0.0123,
    ...change,
  };
}

export function failed({ id, runner }: Seat, kind: FailureKind, message: string): Failed {
  return {
    status: 'failed',
    seat: id,
    runner,
    tries: 1,
    durationMs: 60_000,
    failure: { kind, message },
    partialText: '',
  };
}

export function passed(seat: string): Verdict {
  return { seat, status: 'passed', checks: [check({ status: 'passed' })], tokens: ['export'] };
}

export function notPassed(seat: string): Verdict {
  const outcome = { status: 'failed', line: 3, message: 'unexpected }' } as const;
  return { seat, status: 'failed', checks: [check(outcome)], tokens: null };
}

function check(outcome: Verdict['checks'][number]['outcome']): Verdict['checks'][number] {
  return { checker: 'syntax', file: 'src/server.ts', outcome };
}

export const sampleFile: CodeFile = {
  path: 'src/server.ts',
  language: 'typescript',
  text: "export const from = 'claude-code';\n",
};

export function decided(change: Partial<Decision> = {}): Decision {
  return {
    chosen: 'primary-1',
    rule: 'agreement',
    rankings: [
      { seat: 'primary-1', eligible: true, agreement: 0.82, reason: 'parses' },
      { seat: 'primary-2', eligible: true, agreement: 0.82, reason: 'parses' },
    ],
    files: [sampleFile],
    prose: 'Here it is:',
    explanation: 'Both answers parse and agree in 82 % of their code.',
    verification: { status: 'unverified', because: 'It was not run', sandbox: null },
    selection: null,
    synthesis: null,
    ...change,
  };
}

export const undecided: Decision = decided({
  chosen: null,
  rule: 'none',
  rankings: [],
  files: [],
  prose: '',
  explanation: 'No answer is left to choose.',
});

export function reviewed(
  seat: string,
  verdict: 'accept' | 'revise' | 'reject',
  findings: readonly Finding[] = [],
): Review {
  return { status: 'reviewed', seat, verdict, summary: `I ${verdict} it`, findings };
}

export function finding(severity: Finding['severity'], message: string): Finding {
  return { severity, message, file: 'src/server.ts', line: 7 };
}

/** A finished run in which everybody answered and the validator accepted. */
export function sampleRecord(change: Partial<RunRecord> = {}): RunRecord {
  const [first, second, third] = [
    primary(1, 'claude-code'),
    primary(2, 'codex'),
    validator(1, 'gemini'),
  ];
  const attempts: readonly Attempt[] = [
    answered(first),
    answered(second),
    answered(third, { text: '{"verdict":"accept","summary":"I accept it","findings":[]}' }),
  ];
  const other: CodeFile = { ...sampleFile, path: null, text: "export const from = 'codex';\n" };
  return {
    id: 'run-1',
    task: sampleTask,
    status: 'complete',
    plan: samplePlan,
    attempts,
    candidates: [
      { status: 'code', seat: 'primary-1', files: [sampleFile], prose: 'Here it is:' },
      { status: 'code', seat: 'primary-2', files: [other], prose: 'Here it is:' },
    ],
    verdicts: [passed('primary-1'), passed('primary-2')],
    suite: null,
    observed: [],
    settlement: null,
    merge: null,
    decision: decided(),
    validation: {
      needsHumanReview: false,
      reasons: [],
      reviews: [reviewed('validator-1', 'accept')],
    },
    notRecorded: [],
    spending: { costUsd: 0.0369, knownUsd: 0.0369, tokens: 1380, isEstimate: false, unpriced: [] },
    budgets: [],
    startedAtMs: 1_700_000_000_000,
    durationMs: 20_500,
    ...change,
  };
}
