import { primaryPrompt } from '../ask/primary-prompt.ts';
import { projectFolder } from '../config/project-folder.ts';
import type { Admission } from '../domain/admission.ts';
import {
  type Amount,
  type Budget,
  type BudgetLimit,
  type BudgetStanding,
  isLimited,
  noLimit,
  toleranceUsd,
} from '../domain/budget.ts';
import type { Estimate } from '../domain/estimate.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Ledger } from '../domain/ledger.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Plan } from '../domain/plan.ts';
import type { Settings } from '../domain/settings.ts';
import { type Task, usualSelection } from '../domain/task.ts';
import { promptTokens } from '../domain/token-count.ts';
import { memoryLedger } from '../history/memory-ledger.ts';
import { admitInTurn } from '../limits/admit-in-turn.ts';
import { budgetAdmission } from '../limits/budget-admission.ts';
import { budgetText } from '../limits/budget-text.ts';
import { estimatePlan } from '../limits/estimate-plan.ts';
import { spendingOf } from '../run/spending.ts';
import { priceOf } from './price-of.ts';
import { realClock } from './real-clock.ts';

/** The budgets that a run shares with others. */
export interface SharedBudgets {
  /** Those that hold at this moment. */
  readonly list: () => readonly Budget[];
  /** Undefined where there is no shared budget. */
  readonly ledger: Ledger | undefined;
}

/** Where shared budgets come from. */
export interface BudgetSource {
  readonly settings: Settings;
  /** Those of whoever starts the run, such as a batch. */
  readonly given: readonly Budget[];
  /** Undefined where runs are not kept, or the history keeps no ledger. */
  readonly ledger: Ledger | undefined;
}

/** Gathers the budgets that a run shares with others; throws `bad-history` where nothing remembers what they have used. */
export function sharedBudgets({ settings, given, ledger }: BudgetSource): SharedBudgets {
  const { day, project, folder } = settings.budgets;
  const list = (): readonly Budget[] =>
    [
      ...given,
      { kind: 'project' as const, name: folder ?? projectFolder(process.cwd()), limit: project },
      { kind: 'day' as const, name: localDay(realClock.now()), limit: day },
    ].filter(({ limit }) => isLimited(limit));
  const [first] = list();
  if (!first) return { list: () => [], ledger: undefined };
  if (ledger) return { list, ledger };
  throw new OrchestratorError(
    'bad-history',
    `Cannot keep to the budget of the ${first.kind}: what was spent before is not known without a history, wanted one that keeps it`,
    { hint: 'Use --history FILE, or take the budget out of the configuration' },
  );
}

/** What keeps one run within its budgets. */
export interface RunBudgets {
  readonly admission: Admission;
  /** Where the budgets stand that hold. */
  standings(): Promise<readonly BudgetStanding[]>;
}

/** A run, and what it has had and done until it is gone on with. */
export interface BudgetedRun {
  readonly id: string;
  readonly past: readonly StoredEvent[];
  readonly limit: BudgetLimit;
}

/** Keeps a run within its own budget, of which it has used what its events say, and within those that it shares. */
export async function openRunBudgets(
  { id, past, limit }: BudgetedRun,
  shared: SharedBudgets,
): Promise<RunBudgets> {
  // Nobody but this process goes on with the run.
  const ledger = memoryLedger({ now: realClock.now, holder: id, isGone: () => false });
  const own: readonly Budget[] = isLimited(limit) ? [{ kind: 'run', name: id, limit }] : [];
  const unlimited = own.map((budget) => ({ ...budget, limit: noLimit }));
  const { knownUsd, tokens } = spendingOf(past);
  const before = await ledger.book({ costUsd: knownUsd, tokens }, unlimited);
  if (before.status === 'booked') await before.booking.settle({ costUsd: knownUsd, tokens });
  const all = [
    ...(own.length > 0 ? [{ ledger, list: () => own }] : []),
    ...(shared.ledger ? [{ ledger: shared.ledger, list: shared.list }] : []),
  ];
  const clock = realClock;
  return {
    admission: admitInTurn(
      all.map(({ ledger: kept, list }) => budgetAdmission({ ledger: kept, budgets: list, clock })),
    ),
    // A history that fails in the end takes no answer away.
    standings: async () => (await Promise.all(all.map(standingsIn)).catch(() => [])).flat(),
  };
}

function standingsIn({
  ledger,
  list,
}: SharedBudgets & { readonly ledger: Ledger }): Promise<readonly BudgetStanding[]> {
  return ledger.standings(list());
}

/** Estimates what a plan will use, by the prices and limits of its runners. */
export function estimateOf(task: Task, plan: Plan, settings: Settings): Estimate {
  const { runners } = settings;
  return estimatePlan({
    plan,
    promptTokens: promptTokens(primaryPrompt(task)),
    adaptive: task.selection?.adaptive ?? usualSelection.adaptive,
    ratesOf: (name) => ({
      price: priceOf(name, settings),
      maxOutputTokens: runners[name]?.maxOutputTokens,
    }),
  });
}

/** Puts the limits that are given in place of others. */
export function withBudget(base: BudgetLimit, given: Partial<BudgetLimit> = {}): BudgetLimit {
  return { costUsd: given.costUsd ?? base.costUsd, tokens: given.tokens ?? base.tokens };
}

/** Throws `budget-exceeded` where not even the least that a plan uses is left of a budget. */
export async function refuseOverBudget(
  { least, single }: Estimate,
  limit: BudgetLimit,
  { ledger, list }: SharedBudgets,
): Promise<void> {
  const run: BudgetStanding = { kind: 'run', name: '', limit, costUsd: 0, tokens: 0, unpriced: 0 };
  const standings = [run, ...((await ledger?.standings(list())) ?? [])];
  for (const wanted of [least, single]) {
    const tight = standings.find((standing) => isOver(standing, wanted));
    if (tight) {
      const message = `Cannot run the task: ${budgetText(tight, wanted)} at least`;
      throw new OrchestratorError('budget-exceeded', message, {
        hint: 'Raise the budget, or name fewer or cheaper models with --models; orchestrator route estimates what a task uses',
      });
    }
  }
}

function isOver({ limit, costUsd, tokens }: BudgetStanding, wanted: Amount): boolean {
  const { costUsd: maxUsd = Number.POSITIVE_INFINITY, tokens: maxTokens } = limit;
  const isDear = costUsd + (wanted.costUsd ?? 0) > maxUsd + toleranceUsd;
  return isDear || (maxTokens !== undefined && tokens + wanted.tokens > maxTokens);
}

/** The day of a person, as `2026-01-31`, by the time zone of this machine. */
function localDay(nowMs: number): string {
  const date = new Date(nowMs);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((number) =>
    String(number).padStart(2, '0'),
  );
  return `${date.getFullYear()}-${month}-${day}`;
}
