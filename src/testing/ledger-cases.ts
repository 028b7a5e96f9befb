import assert from 'node:assert/strict';
import type { Amount, Budget, BudgetLimit } from '../domain/budget.ts';
import { type Booking, bookingLeaseMs, type Ledger } from '../domain/ledger.ts';
import type { Processes } from './processes-on-place.ts';

/** Something that every ledger does. */
export interface LedgerCase {
  readonly title: string;
  /** Rejects where it does not. */
  readonly check: (use: Processes<Ledger>) => Promise<void>;
}

/** Everything that a ledger has to do, wherever it keeps what is used. */
export const ledgerCases: readonly LedgerCase[] = [
  {
    title: 'lets no more be booked at once than there is, whoever books it',
    check: async (use) => {
      const ledgers = [await use.open('a'), await use.open('b')];
      const budget = day({ costUsd: 1, tokens: undefined });
      const booked = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          ledgers[index % 2]?.book(amount(0.3, 100), [budget]),
        ),
      );
      assert.equal(booked.filter((each) => each?.status === 'booked').length, 3);
      assert.deepEqual(
        new Set(booked.map((each) => each?.status === 'full' && each.isSpent)),
        new Set([false]),
      );
    },
  },
  {
    title: 'counts what was spent in place of what was booked, also where it is more than there is',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const budget = day({ costUsd: 1, tokens: 1000 });
      await (await booking(a, amount(0.9, 900), budget)).settle(amount(0.2, 50));
      const second = await booking(b, amount(0.8, 900), budget);
      await second.settle(amount(1.5, 960));
      assert.deepEqual(await a.standings([budget]), [
        { ...budget, costUsd: 1.7, tokens: 1010, unpriced: 0 },
      ]);
      const booked = await a.book(amount(0.1, 1), [budget]);
      assert.partialDeepStrictEqual(booked, { status: 'full', isSpent: true });
    },
  },
  {
    title: 'fills a budget to its last cent',
    check: async (use) => {
      const ledger = await use.open('a');
      const budget = day({ costUsd: 0.3, tokens: undefined });
      for (const cost of [0.1, 0.1, 0.1]) await booking(ledger, amount(cost, 1), budget);
      assert.equal((await ledger.book(amount(0.001, 1), [budget])).status, 'full');
    },
  },
  {
    title: 'books in all budgets or in none, and names one that waiting cannot help first',
    check: async (use) => {
      const ledger = await use.open('a');
      const [wide, tight] = [day({ costUsd: 9, tokens: 500 }), project({ tokens: 100 })];
      await booking(ledger, amount(1, 450), wide);
      const refused = await ledger.book(amount(1, 101), [wide, tight]);
      assert.partialDeepStrictEqual(refused, {
        status: 'full',
        isSpent: true,
        budget: { kind: 'project' },
      });
      assert.equal((await ledger.book(amount(1, 50), [wide])).status, 'booked');
    },
  },
  {
    title: 'keeps budgets of other names and kinds apart',
    check: async (use) => {
      const ledger = await use.open('a');
      const limit = { costUsd: undefined, tokens: 10 };
      await (await booking(ledger, amount(1, 10), day(limit))).settle(amount(1, 10));
      const others: readonly Budget[] = [
        { kind: 'day', name: '2026-01-02', limit },
        { kind: 'batch', name: '2026-01-01', limit },
      ];
      for (const other of others) {
        assert.equal((await ledger.book(amount(1, 10), [other])).status, 'booked');
      }
    },
  },
  {
    title: 'counts a request without a known price apart, and its tokens with the others',
    check: async (use) => {
      const ledger = await use.open('a');
      const budget = day({ costUsd: 1, tokens: 100 });
      await (await booking(ledger, amount(null, 40), budget)).settle(amount(null, 60));
      assert.deepEqual(await ledger.standings([budget]), [
        { ...budget, costUsd: 0, tokens: 60, unpriced: 1 },
      ]);
      assert.equal((await ledger.book(amount(null, 41), [budget])).status, 'full');
    },
  },
  {
    title: 'lets a booking grow where there is room, and leaves it as it was where there is none',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const budget = day({ costUsd: 1, tokens: undefined });
      const growing = await booking(a, amount(0.2, 1), budget);
      await booking(b, amount(0.3, 1), budget);
      assert.equal(await growing.resize(amount(0.7, 1)), true);
      assert.equal(await growing.resize(amount(0.8, 1)), false);
      assert.equal((await b.book(amount(0.1, 1), [budget])).status, 'full');
      assert.equal(await growing.resize(amount(0.5, 1)), true);
      assert.equal((await b.book(amount(0.2, 1), [budget])).status, 'booked');
    },
  },
  {
    title: 'counts what a process that ended had booked as spent',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const budget = day({ costUsd: 1, tokens: undefined });
      await booking(a, amount(0.6, 70), budget);
      assert.partialDeepStrictEqual(await b.standings([budget]), [{ costUsd: 0 }]);
      use.kill('a');
      assert.partialDeepStrictEqual(await b.standings([budget]), [{ costUsd: 0.6, tokens: 70 }]);
      const booked = await b.book(amount(0.5, 1), [budget]);
      assert.partialDeepStrictEqual(booked, { status: 'full', isSpent: true });
    },
  },
  {
    title: 'counts a booking as spent after its lease, and what was really spent once it settles',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const budget = day({ costUsd: 1, tokens: undefined });
      const late = await booking(a, amount(0.6, 70), budget);
      use.pass(bookingLeaseMs);
      assert.partialDeepStrictEqual(await b.standings([budget]), [{ costUsd: 0.6, tokens: 70 }]);
      await late.settle(amount(0.25, 30));
      assert.partialDeepStrictEqual(await b.standings([budget]), [{ costUsd: 0.25, tokens: 30 }]);
    },
  },
];

function amount(costUsd: number | null, tokens: number): Amount {
  return { costUsd, tokens };
}

function day(limit: BudgetLimit): Budget {
  return { kind: 'day', name: '2026-01-01', limit };
}

function project({ tokens }: { readonly tokens: number }): Budget {
  return { kind: 'project', name: '/home/ada/project', limit: { costUsd: undefined, tokens } };
}

async function booking(ledger: Ledger, wanted: Amount, budget: Budget): Promise<Booking> {
  const booked = await ledger.book(wanted, [budget]);
  if (booked.status === 'booked') return booked.booking;
  throw new Error(`the budget of the ${booked.budget.kind} is full`);
}
