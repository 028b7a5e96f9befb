import { type CreditCount, evidenceWeights } from '../domain/credit.ts';
import type { Tally, TrackRecord } from '../domain/learning.ts';

/** Sums up what the history says of each runner, split into one category and all others. */
export function trackRecords(
  counts: readonly CreditCount[],
): (runner: string, category: string) => TrackRecord {
  const byRunner = Map.groupBy(counts, ({ runner }) => runner);
  return (runner, category) => {
    const own = byRunner.get(runner) ?? [];
    const here = own.filter((row) => row.category === category);
    const elsewhere = own.filter((row) => row.category !== category);
    return {
      won: sum(here.filter(({ result }) => result === 'won')),
      decided: sum(here.filter(isDecided)),
      decidedInAll: sum(own.filter(isDecided)),
      answered: sum(own.filter(({ durationMs }) => durationMs !== null)),
      failed: sum(own.filter(({ result }) => result === 'failed')),
      here: evidenceIn(here),
      elsewhere: evidenceIn(elsewhere),
      verified: evidenceIn(here.filter(({ basis }) => basis === 'verified')),
    };
  };
}

/** Whether an answer won or lost; nothing else says how good it was. */
function isDecided({ result }: CreditCount): boolean {
  return result === 'won' || result === 'lost';
}

function evidenceIn(counts: readonly CreditCount[]): Tally {
  const weighed = (result: CreditCount['result']): number =>
    counts
      .filter((row) => row.result === result)
      .reduce((all, { basis, count }) => all + count * (basis ? evidenceWeights[basis] : 0), 0);
  return { right: weighed('won'), wrong: weighed('lost') };
}

function sum(counts: readonly CreditCount[]): number {
  return counts.reduce((all, { count }) => all + count, 0);
}
