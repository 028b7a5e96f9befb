import type { CreditCount } from '../domain/credit.ts';
import type { FailureKind } from '../domain/failure.ts';
import type { ModelStats } from '../domain/stats.ts';
import { wilson } from '../lib/wilson.ts';

/** The fewest wins and losses that a share is told of. */
const decidedMinCount = 10;

/** The fewest answers of which a median, and of which the slowest of twenty, is told. */
const [medianMinCount, slowestMinCount] = [5, 20];

/** Sums up how each model fared in each category, those with most answers of a category first. */
export function statsOf(counts: readonly CreditCount[]): readonly ModelStats[] {
  const asked = counts.filter(({ result }) => result !== 'unasked');
  const named = withModel(asked);
  const groups = Map.groupBy(named, ({ category, runner, model }) =>
    [category, runner, model].join('\0'),
  );
  return [...groups.values()]
    .flatMap(statsOfGroup)
    .toSorted((a, b) => order(a.category, b.category) || b.asked - a.asked || byName(a, b));
}

/** A call that failed names no model: it is told of the one that the runner asks there, where that is one. */
function withModel(counts: readonly CreditCount[]): readonly CreditCount[] {
  const models = new Map<string, Set<string | null>>();
  const place = ({ category, runner }: CreditCount): string => `${category}\0${runner}`;
  for (const row of counts) {
    if (row.result === 'failed') continue;
    const known = models.get(place(row)) ?? new Set();
    models.set(place(row), known.add(row.model));
  }
  return counts.map((row) => {
    if (row.result !== 'failed') return row;
    const [only = null, ...others] = models.get(place(row)) ?? [];
    return others.length === 0 ? { ...row, model: only } : row;
  });
}

function statsOfGroup(rows: readonly CreditCount[]): readonly ModelStats[] {
  const [first] = rows;
  if (!first) return [];
  const { runner, model, category } = first;
  const counted = (...results: readonly CreditCount['result'][]): number =>
    total(rows.filter(({ result }) => results.includes(result)));
  const verified = rows.filter(({ basis }) => basis === 'verified');
  const [won, lost] = [counted('won'), counted('lost')];
  const asked = total(rows);
  const answered = asked - counted('failed');
  return [
    {
      runner,
      model,
      category,
      asked,
      answered,
      won,
      lost,
      tied: counted('tied'),
      uncompared: counted('uncompared'),
      verified: {
        won: total(verified.filter(({ result }) => result === 'won')),
        lost: total(verified.filter(({ result }) => result === 'lost')),
      },
      winRate: rateOf(won, won + lost),
      failures: failuresIn(rows),
      latencyMs: {
        p50: answered < medianMinCount ? null : percentile(rows, 0.5),
        p95: answered < slowestMinCount ? null : percentile(rows, 0.95),
      },
      cost: perAnswer(rows, ({ costUsd, costsKnown }) => [costUsd, costsKnown]),
      tokens: perAnswer(rows, ({ tokens, tokensKnown }) => [tokens, tokensKnown]),
    },
  ];
}

function rateOf(won: number, decided: number): ModelStats['winRate'] {
  if (decided < decidedMinCount) return null;
  return { share: won / decided, ...wilson(won, decided) };
}

function failuresIn(rows: readonly CreditCount[]): ModelStats['failures'] {
  const kinds = new Map<FailureKind, number>();
  for (const { failure, count } of rows) {
    if (failure !== null) kinds.set(failure, (kinds.get(failure) ?? 0) + count);
  }
  return Object.fromEntries([...kinds].toSorted(([, a], [, b]) => b - a));
}

/** The least duration within which a share of the answers came. */
function percentile(rows: readonly CreditCount[], share: number): number | null {
  const answers = rows
    .flatMap(({ durationMs, count }) => (durationMs === null ? [] : [{ durationMs, count }]))
    .toSorted((a, b) => a.durationMs - b.durationMs);
  const wanted = share * answers.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { durationMs, count } of answers) {
    seen += count;
    if (seen >= wanted) return durationMs;
  }
  return null;
}

function perAnswer(
  rows: readonly CreditCount[],
  amountOf: (row: CreditCount) => readonly [sum: number, known: number],
): ModelStats['cost'] {
  const amounts = rows.map(amountOf);
  const known = amounts.reduce((all, [, each]) => all + each, 0);
  const sum = amounts.reduce((all, [each]) => all + each, 0);
  return { mean: known === 0 ? null : sum / known, known };
}

function total(rows: readonly CreditCount[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function byName(a: ModelStats, b: ModelStats): number {
  return order(a.runner, b.runner) || order(a.model ?? '', b.model ?? '');
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
