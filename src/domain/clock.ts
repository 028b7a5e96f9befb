/** Time as the stages see it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that only grow, for durations. */
  elapsed(): number;
  /** Resolves after the time, or at once when the signal aborts; never rejects. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Calls back after the time unless cancelled; returns the cancel function. */
  after(durationMs: number, call: () => void): () => void;
}
