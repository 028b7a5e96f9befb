import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { CreditCount } from '../src/domain/credit.ts';
import { trackRecords } from '../src/learn/track-records.ts';
import { learnedOrder } from '../src/route/learned-order.ts';

/** A stream of runs of one category, in which the true rates are known. */
export interface Stream {
  /** How often each runner is right, in the configured order. */
  readonly rates: Readonly<Record<string, number>>;
  readonly runs: number;
  /** How many runners each run asks. */
  readonly seats: number;
  /** The share of runs whose answers are verified; the others teach nothing. */
  readonly verified: number;
  readonly seed: number;
}

/** What came of a stream. */
export interface Simulated {
  /** Right answers that the best runners would have brought beyond those of the ones that were asked, expected. */
  readonly regret: number;
  /** The regret of the configured order. */
  readonly fixedRegret: number;
  /** How often each runner was asked, as a share of the runs. */
  readonly asked: Readonly<Record<string, number>>;
}

/** Routes a stream of runs by what it has taught so far, as `--route learned` does. */
export function simulateRouting(stream: Stream): Simulated {
  const { rates, runs, seats, verified, seed } = stream;
  const runners = Object.keys(rates);
  const rateOf = (runner: string): number => rates[runner] ?? 0;
  const random = randomOf(seed);
  const best = runners.toSorted((a, b) => rateOf(b) - rateOf(a)).slice(0, seats);
  const [bestSum, fixedSum] = [best, runners.slice(0, seats)].map((them) => sum(them.map(rateOf)));
  const asked = new Map(runners.map((runner) => [runner, 0]));
  const taught = lessons(runners);
  let regret = 0;
  for (let run = 0; run < runs; run++) {
    const chosen = choose(taught.counts()).slice(0, seats);
    regret += (bestSum ?? 0) - sum(chosen.map(rateOf));
    const teaches = random() < verified;
    for (const runner of chosen) {
      asked.set(runner, (asked.get(runner) ?? 0) + 1);
      const isRight = random() < rateOf(runner);
      if (teaches) taught.add(runner, isRight);
    }
  }
  return {
    regret,
    fixedRegret: runs * ((bestSum ?? 0) - (fixedSum ?? 0)),
    asked: Object.fromEntries([...asked].map(([runner, count]) => [runner, count / runs])),
  };

  function choose(counts: readonly CreditCount[]): readonly string[] {
    const learning = learnedOrder(
      { status: 'known', recordOf: trackRecords(counts), random },
      { category: 'general', runners, seats, strengthOf: () => undefined },
    );
    return learning.status === 'used' ? learning.draws.map(({ runner }) => runner) : runners;
  }
}

interface Lessons {
  counts(): readonly CreditCount[];
  add(runner: string, isRight: boolean): void;
}

/** Equal credits are kept once with their count, so that a long stream stays quick. */
function lessons(runners: readonly string[]): Lessons {
  const counts = new Map<string, CreditCount>(
    runners.flatMap((runner) =>
      (['won', 'lost'] as const).map((result): [string, CreditCount] => [
        `${runner} ${result}`,
        { ...nothing, runner, result },
      ]),
    ),
  );
  return {
    counts: () => [...counts.values()],
    add: (runner, isRight) => {
      const key = `${runner} ${isRight ? 'won' : 'lost'}`;
      const known = counts.get(key);
      if (known) counts.set(key, { ...known, count: known.count + 1 });
    },
  };
}

const nothing: CreditCount = {
  runner: '',
  model: null,
  category: 'general',
  result: 'won',
  basis: 'verified',
  failure: null,
  durationMs: 1000,
  count: 0,
  costUsd: 0,
  costsKnown: 0,
  tokens: 0,
  tokensKnown: 0,
};

/** Numbers from 0 up to 1, the same ones for the same seed on every machine. */
function randomOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) / 2 ** 32;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
