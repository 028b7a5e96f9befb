/** How far the numbers of a configuration go. */
export const configLimits = {
  minSeconds: 0.001,
  /** A day; a timer of Node fires at once when it is set for more than 24.8 days. */
  maxSeconds: 86_400,
  maxRetries: 10,
  maxConcurrency: 1_000,
  maxTokens: 10_000_000,
  maxRequestsPerMinute: 1_000_000,
  maxTokensPerMinute: 1_000_000_000,
  minOutputBytes: 1_024,
  /** A string of JavaScript has half of a gigabyte at most. */
  maxOutputBytes: 268_435_456,
  maxSeats: 16,
  maxSamples: 20,
  maxDays: 36_500,
  /** Below it a long answer would not be kept. */
  minCacheBytes: 1_048_576,
  maxCacheBytes: 1_099_511_627_776,
  maxDollars: 1_000_000_000,
  maxBudgetTokens: 1_000_000_000_000_000,
} as const;
