import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CodeCandidate } from '../../domain/candidate.ts';
import { faultOf } from '../../domain/gate.ts';
import type { Sandbox } from '../../domain/sandbox.ts';
import type { SourceFile } from '../../domain/task.ts';
import type { TaskChecks } from '../../domain/task-checks.ts';
import type { AnswerChecker, Check } from '../../domain/verdict.ts';
import type { Environment } from '../../lib/find-program.ts';
import { limit } from '../../lib/limit.ts';
import { emptied, emptyAnswer } from './empty-answer.ts';
import type { WantedModule } from './imports-of.ts';
import { type Control, controlOf, type Judged, judge } from './judge.ts';
import { type LaidOver, layOver } from './lay-over.ts';
import { type NoCheck, type PlannedCheck, planCommand, planTests } from './planned-check.ts';
import { type ProjectCopy, projectCopy } from './project-copy.ts';
import { type CheckGround, runCheck } from './run-check.ts';
import { toolchains } from './runners/toolchains.ts';

/** What the person's checks are run with. */
export interface UserCheckTools {
  /** The sandbox to run in, or why there is none at or above the floor. */
  readonly sandbox: () => Promise<Sandbox | { readonly because: string }>;
  /** Where the person's programs are looked up. */
  readonly env: Environment;
  /** The files that the task came with. */
  readonly context: readonly SourceFile[];
}

/** Runs a person's checks on answers, until it is disposed of. */
export interface UserChecker extends AnswerChecker, AsyncDisposable {}

/**
 * Makes a checker of the person's own checks. Each runs in the sandbox on a fresh copy of the project with one
 * answer over it; what fails is run a second time, and what passes is run once more with the answer emptied,
 * when it must fail. Without a sandbox every check is `not-run`.
 */
export function userChecker(checks: TaskChecks, tools: UserCheckTools): UserChecker {
  const room = limit(availableParallelism());
  let ready: Promise<Ready | { readonly because: string }> | undefined;
  return {
    name: 'tests',
    check: async (candidate, signal) => {
      ready ??= prepare(checks, tools);
      const made = await ready;
      if ('because' in made) return notRun(checks, made.because);
      const ground = { ...made, timeoutMs: checks.timeoutMs, signal };
      const rows = made.planned.map(async (planned) => {
        const release = await room.enter(signal);
        if (!release) return row(planned.check.label, 'the run was cancelled');
        try {
          return await checkOne(planned, candidate, ground);
        } finally {
          release();
        }
      });
      return Promise.all(rows);
    },
    [Symbol.asyncDispose]: async () => {
      const made = await ready;
      if (made && 'project' in made) await made.project[Symbol.asyncDispose]();
    },
  };
}

interface Ready {
  readonly sandbox: Sandbox;
  readonly project: ProjectCopy;
  readonly tests: readonly SourceFile[];
  readonly planned: readonly Planned[];
}

interface Planned {
  readonly check: PlannedCheck | NoCheck;
  /** Runs the check without any answer, once for all answers. */
  readonly control: (ground: CheckGround) => Promise<Control>;
}

async function prepare(
  checks: TaskChecks,
  tools: UserCheckTools,
): Promise<Ready | { readonly because: string }> {
  const sandbox = await tools.sandbox();
  if ('because' in sandbox) return sandbox;
  const project = await projectCopy(checks.folder, tools.context);
  if ('because' in project) return project;
  const chains = toolchains(tools.env);
  const files = await Promise.all(checks.tests.map((file) => planTests(file, chains)));
  const wanted = files.flatMap((file) => ('wanted' in file ? file.wanted : []));
  const commands = await Promise.all(
    checks.commands.map((command) => planCommand(command, wanted, chains)),
  );
  const planned = [...commands, ...files].map((check) => {
    let control: Promise<Control> | undefined;
    return {
      check,
      control: (ground: CheckGround) => (control ??= controlRun(check, ground)),
    };
  });
  return { sandbox, project, tests: checks.tests, planned };
}

async function controlRun(check: PlannedCheck | NoCheck, ground: CheckGround): Promise<Control> {
  if ('because' in check) return { expected: null, passes: false, cannotRun: check.because };
  const empty = emptyAnswer(missing(check.wanted, ground));
  const run = await runCheck(check, empty, ground);
  // A busy machine may have been too slow once, and the count of tests rests on this run.
  return controlOf(run.end.status === 'timed-out' ? await runCheck(check, empty, ground) : run);
}

/** What the project does not have. */
function missing(
  wanted: readonly WantedModule[],
  { project }: CheckGround,
): readonly WantedModule[] {
  return wanted.filter(({ paths }) => !paths.some((path) => existsSync(join(project.path, path))));
}

/** A check that cannot be made has found nothing. */
async function checkOne(
  { check, control }: Planned,
  candidate: CodeCandidate,
  ground: CheckGround,
): Promise<Check> {
  if ('because' in check) return row(check.label, check.because);
  try {
    return await checkAnswer(check, candidate, { ground, control: await control(ground) });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return row(check.label, `the check could not be made: ${message}`);
  }
}

interface CheckCase {
  readonly ground: CheckGround;
  readonly control: Control;
}

async function checkAnswer(
  check: PlannedCheck,
  candidate: CodeCandidate,
  { ground, control }: CheckCase,
): Promise<Check> {
  const open = missing(check.wanted, ground);
  const laid = layOver(candidate.files, {
    tests: new Set(ground.tests.map(({ path }) => path)),
    wanted: open.length > 0 ? open : check.wanted,
    has: (path) => existsSync(join(ground.project.path, path)),
  });
  const first = await attempt(check, laid, { ground, control });
  const fault = faultOf(first.outcome);
  if (fault === undefined) return first;
  const second = await attempt(check, laid, { ground, control });
  if (second.outcome.status !== 'passed') return first;
  const message = `failed, and passed when it was run again: ${fault.message}`;
  return { ...second, outcome: { status: 'flaky', message } };
}

async function attempt(
  check: PlannedCheck,
  laid: LaidOver,
  { ground, control }: CheckCase,
): Promise<Check> {
  const run = await runCheck(check, laid.files, ground);
  const judged = judge(run, control);
  const by = run.report === undefined ? 'exit code' : run.report?.by;
  const found = checkOf(check, withRefusals(judged, laid), by);
  if (judged.outcome.status !== 'passed') return found;
  if (control.passes) return { ...found, weightless: 'it passes without an answer as well' };
  const wanted = check.wanted.length > 0 ? check.wanted : laid.files.map(everything);
  const hollow = emptied(laid.files, wanted);
  if (hollow === undefined) return found;
  const again = judge(await runCheck(check, hollow, ground), control);
  if (again.outcome.status !== 'passed') return found;
  // An exit code alone is also what a build gives, which rightly does not look at what code does.
  if (run.report === undefined)
    return { ...found, weightless: 'it passes for an emptied answer as well' };
  const message = 'the tests pass even when what they import of this answer does nothing';
  return { ...found, outcome: { status: 'failed', line: null, message } };
}

function everything({ path }: SourceFile): WantedModule {
  return { paths: [path], names: null };
}

function checkOf(check: PlannedCheck, { outcome, tests }: Judged, by: string | undefined): Check {
  return {
    ...check.label,
    outcome,
    selfReported: true,
    ...(by !== undefined && { reportedBy: by }),
    ...(tests && { tests }),
  };
}

/** Says with a failure what of the answer was left out, since that may be why. */
function withRefusals(judged: Judged, { refused }: LaidOver): Judged {
  const { outcome } = judged;
  if (outcome.status !== 'failed' || refused.length === 0) return judged;
  const list = refused.map(({ path, because }) => `${path} (${because})`).join(', ');
  const message = `${outcome.message}; left out: ${list}`;
  return { ...judged, outcome: { ...outcome, message } };
}

function notRun(checks: TaskChecks, because: string): readonly Check[] {
  return [
    ...checks.commands.map((command) => row({ checker: 'command', file: null, command }, because)),
    ...checks.tests.map(({ path }) => row({ checker: 'tests', file: path }, because)),
  ];
}

function row(label: PlannedCheck['label'], because: string): Check {
  return { ...label, outcome: { status: 'not-run', because } };
}
