import { Random } from '../specify/random.ts';

/** Resamples of which the percentiles are taken. */
const resamples = 1000;

/** The ends of a 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % interval of a mean over tasks, by the percentile bootstrap (Efron 1979): tasks are drawn anew with
 * replacement, so that a value need not be 0 or 1. The same for the same seed.
 */
export function bootstrap(values: readonly number[], seed: number): Interval {
  const { length } = values;
  if (length === 0) return { low: 0, high: 1 };
  const random = new Random(seed);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < length; drawn += 1) sum += values[random.int(0, length - 1)] ?? 0;
    return sum / length;
  }).toSorted((a, b) => a - b);
  return {
    low: means[Math.floor(resamples * 0.025)] ?? 0,
    high: means[Math.ceil(resamples * 0.975) - 1] ?? 1,
  };
}
