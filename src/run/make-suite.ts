import { type AskTools, ask } from '../ask/ask.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Candidate, CodeCandidate } from '../domain/candidate.ts';
import type { Seat } from '../domain/plan.ts';
import type { Suite } from '../domain/suite.ts';
import type { Task } from '../domain/task.ts';
import type { TestCase } from '../domain/test-case.ts';
import type { ObserveTools } from '../observe/observe.ts';
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
  readonly candidates: readonly Candidate[];
  /** What the validators answered when they were asked for tests; one that failed brings none. */
  readonly replies: readonly Attempt[];
  readonly validators: readonly Seat[];
}

/**
 * Makes what all candidates are tried on: the task's examples, the validators' tests and further inputs; where
 * these are too few to tell answers apart, a validator is shown two of them and asked for more.
 */
export async function makeSuite(
  input: SuiteInput,
  step: Step,
  tools: AskTools & ObserveTools,
): Promise<Suite> {
  const suite = suiteFrom(input);
  const separating = await askForInputs(input, suite, { step, tools });
  return step.once('suite-made', () =>
    settleExpected({ ...suite, tests: [...suite.tests, ...separating] }, tools),
  );
}

/** The same without asking anybody. */
export function suiteFrom({ task, candidates, replies }: Omit<SuiteInput, 'validators'>): Suite {
  const written = replies.flatMap((attempt) =>
    attempt.status === 'answered' ? [{ author: attempt.runner, text: attempt.text }] : [],
  );
  return specify({ task, candidates, replies: written, seed, generatedLimit });
}

async function askForInputs(
  { task, candidates, validators }: SuiteInput,
  suite: Suite,
  { step, tools }: { readonly step: Step; readonly tools: AskTools },
): Promise<readonly TestCase[]> {
  const [one, other] = candidates.filter((row): row is CodeCandidate => row.status === 'code');
  const validator = validators.find(({ unavailable }) => !unavailable);
  if (!suite.entry || !one || !other || !validator) return [];
  if (suite.tests.length >= callsMinCount) return [];
  const { language } = suite.entry;
  const prompt = inputPrompt({ task, language, programs: [textOf(one), textOf(other)] });
  const attempts = await step.each('inputs-ended', [validator], (seat) => ask(seat, prompt, tools));
  return attempts.flatMap((attempt) =>
    attempt.status === 'answered' ? inputsIn(attempt.text, attempt.runner, suite) : [],
  );
}

/** Only the calls count: what a model that was shown the answers expects of them is no test. */
function inputsIn(text: string, author: string, { entry }: Suite): readonly TestCase[] {
  return readTests({ author, text }, entry).tests.map((test, index) => ({
    ...test,
    id: `separating-${index + 1}`,
    origin: 'separating',
    expected: undefined,
  }));
}

function textOf({ files }: CodeCandidate): string {
  return files.map((file) => file.text).join('\n');
}
