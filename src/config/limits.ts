import {
  dollarsBounds,
  retriesBounds,
  samplesBounds,
  secondsBounds,
  tokensBounds,
} from '../domain/bounds.ts';

/** What of a configuration has a limit. */
type Limited =
  | 'minSeconds'
  | 'maxSeconds'
  | 'maxRetries'
  | 'maxConcurrency'
  | 'maxTokens'
  | 'maxRequestsPerMinute'
  | 'maxTokensPerMinute'
  | 'minOutputBytes'
  | 'maxOutputBytes'
  | 'maxSeats'
  | 'maxSamples'
  | 'maxDays'
  | 'minCacheBytes'
  | 'maxCacheBytes'
  | 'maxDollars'
  | 'maxBudgetTokens';

/** How far the numbers of a configuration go. */
export const configLimits: Readonly<Record<Limited, number>> = {
  minSeconds: secondsBounds.min,
  maxSeconds: secondsBounds.max,
  maxRetries: retriesBounds.max,
  maxConcurrency: 1_000,
  maxTokens: 10_000_000,
  maxRequestsPerMinute: 1_000_000,
  maxTokensPerMinute: 1_000_000_000,
  minOutputBytes: 1_024,
  /** A string of JavaScript has half of a gigabyte at most. */
  maxOutputBytes: 268_435_456,
  maxSeats: 16,
  maxSamples: samplesBounds.max,
  maxDays: 36_500,
  /** Below it a long answer would not be kept. */
  minCacheBytes: 1_048_576,
  maxCacheBytes: 1_099_511_627_776,
  maxDollars: dollarsBounds.max,
  maxBudgetTokens: tokensBounds.max,
};
