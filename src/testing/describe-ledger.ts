import type { HistoryTools } from '../domain/history.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { DescribeHistoryOptions } from './describe-history.ts';
import { startMs } from './history-case.ts';
import { type LedgerCase, ledgerCases } from './ledger-cases.ts';

/** A place for what is used of budgets that is empty at first, and that any number of ledgers can be opened on. */
export interface LedgerPlace extends AsyncDisposable {
  open(tools: HistoryTools): Promise<Ledger>;
}

/** Where the cases are registered: at Vitest, at `node:test` or at the like. */
export type LedgerSuite = {
  readonly [Name in keyof DescribeHistoryOptions]-?: NonNullable<DescribeHistoryOptions[Name]>;
};

/** Registers the cases that every ledger must pass; `make` makes an empty place for each. */
export function describeLedger(
  name: string,
  make: () => Promise<LedgerPlace>,
  { describe, test }: LedgerSuite,
): void {
  describe(`ledger ${name}`, () => {
    for (const each of ledgerCases) test(each.title, async () => checkIn(await make(), each));
  });
}

async function checkIn(place: LedgerPlace, { check }: LedgerCase): Promise<void> {
  await using open = place;
  const gone = new Set<string>();
  let nowMs = startMs;
  const isGone = (holder: string): boolean => gone.has(holder);
  await check({
    pass: (ms) => {
      nowMs += ms;
    },
    kill: (holder) => gone.add(holder),
    open: (holder) => open.open({ now: () => nowMs, holder, isGone }),
  });
}
