import { type AskTools, ask } from '../ask/ask.ts';
import type { Candidate, CodeCandidate } from '../domain/candidate.ts';
import { faultOf } from '../domain/gate.ts';
import { isMet } from '../domain/lens.ts';
import type { Merge } from '../domain/merge.ts';
import type { Observed } from '../domain/observed.ts';
import type { Plan, SeatId } from '../domain/plan.ts';
import { showExpected, showSeen } from '../domain/show-seen.ts';
import type { Suite } from '../domain/suite.ts';
import { type Task, usualSelection } from '../domain/task.ts';
import type { Verdict } from '../domain/verdict.ts';
import { writeCall } from '../domain/write-literal.ts';
import { extract } from '../extract/extract.ts';
import { judgeMerge, mergeCanHelp, type Tried } from '../merge/judge-merge.ts';
import { mergePrompt } from '../merge/merge-prompt.ts';
import { type ObserveTools, observe } from '../observe/observe.ts';
import { type VerifyTools, verify } from '../verify/verify.ts';
import type { Step } from './step.ts';

/** What may be merged. */
export interface Merging {
  readonly task: Task;
  readonly plan: Plan;
  readonly candidates: readonly Candidate[];
  readonly verdicts: readonly Verdict[];
  readonly suite: Suite;
  readonly observed: readonly Observed[];
  /** The best single answer. */
  readonly best: SeatId | null;
}

/**
 * Has the author of the best answer write one out of all, where another passes something that it fails, or
 * always when the task says so. What is written is checked and run like any answer, and taken only when it
 * loses nothing. Null where nothing was merged.
 */
export async function mergeAnswers(
  given: Merging,
  step: Step,
  tools: AskTools & ObserveTools & VerifyTools,
): Promise<Merge | null> {
  const parts = partsOf(given);
  const best = parts.find(({ candidate }) => candidate.seat === given.best);
  const others = parts.filter((part) => part !== best);
  const seat = given.plan.seats.find(({ id }) => id === given.best);
  if (!best || !seat || !isWanted(given, best, others)) {
    return step.once('merge-made', () => null);
  }
  const prompt = mergePrompt(
    given.task,
    [best, ...others].map((part) => ({
      files: part.candidate.files,
      failures: failuresOf(part, given.suite),
    })),
  );
  const attempts = await step.each('merge-ended', [seat], (at) => ask(at, prompt, tools));
  const written = attempts.map(extract).find((row) => row.status === 'code');
  if (!written) {
    return step.once('merge-made', () => nothing(seat.id, 'the model wrote no code'));
  }
  const merged = await tryMerged(written, given.suite, { step, tools });
  return step.once('merge-made', () => takeOrDrop({ given, best, others, written, merged }));
}

/** Each of the two is a step of its own: a check can take minutes. */
async function tryMerged(
  candidate: CodeCandidate,
  suite: Suite,
  { step, tools }: { readonly step: Step; readonly tools: ObserveTools & VerifyTools },
): Promise<Tried | undefined> {
  const [verdict] = await step.each('merge-verified', [candidate], (row) => verify(row, tools));
  const [observed] = await step.each('merge-observed', [candidate], (row) =>
    observe(row, suite, tools),
  );
  return verdict && observed && { verdict, observed };
}

interface Written {
  readonly given: Merging;
  readonly best: Part;
  readonly others: readonly Part[];
  readonly written: CodeCandidate;
  readonly merged: Tried | undefined;
}

function takeOrDrop({ given: { suite }, best, others, written, merged }: Written): Merge {
  const author = best.candidate.seat;
  if (!merged) return nothing(author, 'what was written was not tried');
  const { files, prose } = written;
  return { author, files, prose, ...merged, ...judgeMerge({ suite, best, others, merged }) };
}

interface Part extends Tried {
  readonly candidate: CodeCandidate;
}

function partsOf({ candidates, verdicts, observed }: Merging): readonly Part[] {
  return candidates.flatMap((candidate) => {
    const verdict = verdicts.find(({ seat }) => seat === candidate.seat);
    const row = observed.find(({ seat }) => seat === candidate.seat);
    if (candidate.status !== 'code' || !verdict || !row) return [];
    return [{ candidate, verdict, observed: row }];
  });
}

function isWanted({ task, plan, suite }: Merging, best: Part, others: readonly Part[]): boolean {
  const when = task.selection?.merge ?? usualSelection.merge;
  if (plan.route.mode === 'architectural') return false;
  if (when === 'never' || others.length === 0) return false;
  return when === 'always' || mergeCanHelp(suite, best, others);
}

function nothing(author: SeatId, because: string): Merge {
  const none = { files: [], prose: '', verdict: null, observed: null };
  return { author, ...none, taken: false, isWorse: false, because };
}

/** What an answer fails, a line each: of the checks, and of the tests that anybody wrote. */
function failuresOf({ verdict, observed }: Part, suite: Suite): readonly string[] {
  const language = suite.entry?.language ?? null;
  const checks = verdict.checks.flatMap(({ checker, command, outcome }) => {
    const fault = faultOf(outcome);
    return fault ? [`${command ?? checker}: ${fault.message}`] : [];
  });
  const rows = observed.status === 'ran' ? observed.rows : [];
  const tests = suite.tests.flatMap(({ call, expected }, index) => {
    const seen = rows[index];
    if (!expected || !seen || isMet(expected, seen, suite)) return [];
    const [got, wanted] = [showSeen(seen, language), showExpected(expected, language)];
    return [`${writeCall(call, language)} gives ${got}, wanted ${wanted}`];
  });
  return [...checks, ...tests];
}
