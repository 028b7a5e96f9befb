import { type AskTools, ask } from '../ask/ask.ts';
import type { Attempt } from '../domain/attempt.ts';
import { callKey } from '../domain/call-key.ts';
import type { Candidate, CodeCandidate } from '../domain/candidate.ts';
import type { Plan } from '../domain/plan.ts';
import type { Suite } from '../domain/suite.ts';
import { type Task, usualSelection } from '../domain/task.ts';
import type { TestCase } from '../domain/test-case.ts';
import { canRun, type ObserveTools } from '../observe/observe.ts';
import { settleExpected } from '../observe/settle-expected.ts';
import { inputPrompt } from '../settle/input-prompt.ts';
import { readTests } from '../specify/read-tests.ts';
import { specify } from '../specify/specify.ts';
import type { Step } from './step.ts';

/** How many inputs are made besides the tests that are known: the first ten of them show the most. */
const generatedLimit = 60;

/** The same task has the same inputs in every run. */
const seed = 20_221_107;

/** With fewer calls than this to go by, a validator is asked for inputs that separate the answers. */
const callsMinCount = 3;

/** What a suite is made of. */
export interface SuiteInput {
  readonly task: Task;
  readonly plan: Plan;
  readonly candidates: readonly Candidate[];
  /** What the validators answered when they were asked for tests; one that failed brings none. */
  readonly replies: readonly Attempt[];
}

/**
 * Makes what all candidates are tried on: the task's examples, the validators' tests and further inputs; where
 * these are too few to tell answers apart, a validator is shown two of them and asked for more. Designs are
 * tried on nothing.
 */
export async function makeSuite(
  input: SuiteInput,
  step: Step,
  tools: AskTools & ObserveTools,
): Promise<Suite> {
  if (input.plan.route.mode === 'architectural') return step.once('suite-made', () => nothing);
  const suite = suiteFrom(input);
  const separating = await askForInputs(input, suite, { step, tools });
  const tests = [...suite.tests, ...separating];
  return step.once('suite-made', () => settleExpected({ ...suite, tests }, tools));
}

const nothing: Suite = { entry: null, tests: [], anyOrder: false, dropped: [] };

/** The same without asking anybody. */
export function suiteFrom({ task, candidates, replies }: Omit<SuiteInput, 'plan'>): Suite {
  const written = replies.flatMap((attempt) =>
    attempt.status === 'answered' ? [{ author: attempt.runner, text: attempt.text }] : [],
  );
  return specify({ task, candidates, replies: written, seed, generatedLimit });
}

async function askForInputs(
  { task, plan, candidates }: SuiteInput,
  suite: Suite,
  { step, tools }: { readonly step: Step; readonly tools: AskTools & ObserveTools },
): Promise<readonly TestCase[]> {
  const { entry } = suite;
  const pair = unlike(candidates.filter((row): row is CodeCandidate => row.status === 'code'));
  const validator = plan.seats.find(
    ({ role, unavailable }) => role === 'validator' && !unavailable,
  );
  const { modelTests = usualSelection.modelTests } = task.selection ?? {};
  if (!entry || !pair || !validator || !modelTests) return [];
  if (suite.tests.length >= callsMinCount || !(await canRun(entry.language, tools.executors))) {
    return [];
  }
  const prompt = inputPrompt({ task, language: entry.language, programs: pair });
  const attempts = await step.each('inputs-ended', [validator], (seat) => ask(seat, prompt, tools));
  return attempts.flatMap((attempt) =>
    attempt.status === 'answered' ? inputsIn(attempt.text, attempt.runner, suite) : [],
  );
}

/** The first two programs that are not the same text; undefined where all are. */
function unlike(candidates: readonly CodeCandidate[]): readonly [string, string] | undefined {
  const [one, other] = new Set(candidates.map(textOf));
  return one === undefined || other === undefined ? undefined : [one, other];
}

/** Only the calls count: what a model that was shown the answers expects of them is no test. */
function inputsIn(text: string, author: string, suite: Suite): readonly TestCase[] {
  const known = new Set(suite.tests.map(({ call }) => callKey(call)));
  const read = readTests({ author, text }, suite.entry).tests.map((test) => test.call);
  const fresh = new Map(read.map((call) => [callKey(call), call] as const));
  const calls = [...fresh].flatMap(([key, call]) => (known.has(key) ? [] : [call]));
  return calls.map((call, index) => ({
    id: `separating-${index + 1}`,
    origin: 'separating',
    author,
    call,
    expected: undefined,
  }));
}

function textOf({ files }: CodeCandidate): string {
  return files.map((file) => file.text).join('\n');
}
