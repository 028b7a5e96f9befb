import { type Examined, matrixOf } from '../decide/matrix-of.ts';
import type { Candidate } from '../domain/candidate.ts';
import type { Executor } from '../domain/executor.ts';
import type { Matrix } from '../domain/matrix.ts';
import type { Observed } from '../domain/observed.ts';
import type { Suite } from '../domain/suite.ts';
import type { Checker, Verdict } from '../domain/verdict.ts';
import { observe } from '../observe/observe.ts';
import { settleExpected } from '../observe/settle-expected.ts';
import { verify } from '../verify/verify.ts';
import { compactMatrix } from './compact-matrix.ts';
import { type PanelOptions, panelsOf } from './panels-of.ts';
import type { PoolSample, PoolTask } from './pool.ts';
import { programOf, recordedFile } from './program-of.ts';
import { score } from './score.ts';
import { type SuiteOptions, suiteOf } from './suite-of.ts';

/** What examining needs of the world. */
export interface ExamineTools {
  readonly executors: readonly Executor[];
  /** With limits for whole test files. */
  readonly scorer: Executor;
  readonly checkers: readonly Checker[];
  readonly signal: AbortSignal;
}

/** One panel of one task, ready to be chosen from. */
export interface ExaminedPanel {
  readonly task: PoolTask;
  /** A row for each answer with code. */
  readonly matrix: Matrix;
  /** The model of each row, and whether the row is right; null where nobody can tell. */
  readonly models: readonly string[];
  readonly right: readonly (boolean | null)[];
  /** The models of the answers without code, which are wrong. */
  readonly without: readonly string[];
  readonly suite: Suite;
}

/** Extracts, checks, observes and scores all panels of a task; each different program is run once on each suite. */
export async function examineTask(
  task: PoolTask,
  options: PanelOptions & SuiteOptions,
  tools: ExamineTools,
): Promise<readonly ExaminedPanel[]> {
  const rows = new Map<PoolSample, Promise<Row>>();
  const observed = new Map<string, Promise<Observed>>();
  const scored = new Map<string, Promise<boolean | null>>();
  const rowOf = (sample: PoolSample): Promise<Row> =>
    remember(rows, sample, () => readSample(sample, task, { tools, seat: `${rows.size + 1}` }));
  const panels: ExaminedPanel[] = [];
  for (const samples of panelsOf(task, options)) {
    const read = await Promise.all(samples.map(rowOf));
    const coded = read.filter(({ candidate }) => candidate.status === 'code');
    const made = suiteOf(
      task,
      coded.map(({ candidate }) => candidate),
      options,
    );
    const suite = await settleExpected(made, tools);
    const suiteName = JSON.stringify([suite.tests, suite.anyOrder]);
    const examined = await Promise.all(
      coded.map(async ({ sample, candidate, verdict, program }): Promise<Examined> => {
        const key = `${aliasIn(suite, candidate.seat)}\n${program}\n${suiteName}`;
        const seen = await remember(observed, key, () => observe(candidate, suite, tools));
        const seat = { id: candidate.seat, role: 'primary', runner: sample.model } as const;
        return { seat, candidate, verdict, observed: seen };
      }),
    );
    // Only here, with everything observed, is it looked up who is right.
    const right = await Promise.all(
      coded.map((row) =>
        row.recorded === null
          ? remember(scored, row.program, () => scoreRow(row, task, tools))
          : row.recorded,
      ),
    );
    const without = read.filter((row) => !coded.includes(row)).map(({ sample }) => sample.model);
    const models = coded.map(({ sample }) => sample.model);
    const matrix = compactMatrix(matrixOf(examined, suite));
    panels.push({ task, matrix, models, right, without, suite });
  }
  return panels;
}

/** An answer with its code. */
interface Row {
  readonly sample: PoolSample;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** Equal for programs that are the same but for layout, comments and the names of locals. */
  readonly program: string;
  /** Whether it is right, where its code is the recorded one. */
  readonly recorded: boolean | null;
}

async function readSample(
  sample: PoolSample,
  task: PoolTask,
  { tools, seat }: { readonly tools: ExamineTools; readonly seat: string },
): Promise<Row> {
  const candidate = programOf(sample, task, seat);
  const check = (one: Candidate): Promise<Verdict> =>
    verify(one, { checkers: tools.checkers, answerCheckers: [], signal: tools.signal });
  const verdict = await check(candidate);
  const program = programKey(candidate, verdict);
  const isKnown = sample.code !== null && sample.passes !== null;
  if (!isKnown || candidate.status !== 'code') {
    return { sample, candidate, verdict, program, recorded: null };
  }
  const files = [recordedFile(sample.code, task)] as const;
  const isAsRecorded = files[0].text.trim() === candidate.files[0].text.trim();
  const same: Candidate = { ...candidate, files };
  const isSame = isAsRecorded || programKey(same, await check(same)) === program;
  return { sample, candidate, verdict, program, recorded: isSame ? sample.passes : null };
}

/** Tokens of code that cannot be parsed lose its layout, which may be all that makes it different. */
function programKey(candidate: Candidate, { status, tokens }: Verdict): string {
  if (candidate.status !== 'code') return '';
  const texts = candidate.files.map(({ text }) => text);
  return JSON.stringify(status === 'passed' && tokens !== null ? tokens : texts);
}

function scoreRow(
  { candidate }: Row,
  task: PoolTask,
  tools: ExamineTools,
): Promise<boolean | null> {
  return score(candidate, task, { executor: tools.scorer, signal: tools.signal });
}

function aliasIn({ entry }: Suite, seat: string): string {
  return entry?.kind === 'function' ? (entry.aliases[seat] ?? '') : '';
}

function remember<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
