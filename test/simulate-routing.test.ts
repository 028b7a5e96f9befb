import { describe, expect, test } from 'vitest';
import { type Simulated, simulateRouting } from '../bench/simulate-routing.ts';

const seeds = [1, 2, 3, 4, 5, 6];

/** A thousand runs of one seat for each seed, with true rates in the configured order. */
function played(rates: Readonly<Record<string, number>>, verified = 1): readonly Simulated[] {
  return seeds.map((seed) => simulateRouting({ rates, runs: 1000, seats: 1, verified, seed }));
}

describe('a learned route', () => {
  test('has less than a third of the regret of a fixed order that has the weakest model first', () => {
    for (const { regret, fixedRegret } of played({ c: 0.55, b: 0.7, a: 0.85 })) {
      expect(regret).toBeLessThan(fixedRegret / 3);
    }
  });

  test('asks the best model most often on average, also where one run in five is verified', () => {
    const shares = played({ c: 0.55, b: 0.7, a: 0.95 }, 0.2).map(({ asked }) => asked['a'] ?? 0);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.6);
  });

  test('keeps asking every model, in about 5 % of the runs at least', () => {
    for (const { asked } of played({ a: 0.95, b: 0.3, c: 0.1 })) {
      // Within three standard deviations of the floor.
      for (const share of Object.values(asked)) expect(share).toBeGreaterThan(0.03);
    }
  });

  test('costs little where the configured order is the best already', () => {
    for (const { regret } of played({ a: 0.85, b: 0.7, c: 0.55 })) {
      // 1000 runs: as much as the exploration and 25 answers more.
      expect(regret).toBeLessThan(50);
    }
  });

  test('is the same for the same seed', () => {
    expect(played({ a: 0.8, b: 0.6 })).toEqual(played({ a: 0.8, b: 0.6 }));
  });
});
