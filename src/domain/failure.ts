/** Every way in which asking a model can fail. Adapters name the kind once, at the edge. */
export type FailureKind =
  | 'not-installed'
  | 'not-signed-in'
  | 'not-asked'
  | 'not-needed'
  | 'unauthorized'
  | 'quota-exhausted'
  | 'budget-exhausted'
  | 'rate-limited'
  | 'overloaded'
  | 'unknown-model'
  | 'input-too-long'
  | 'output-too-long'
  | 'flooded'
  | 'refused'
  | 'network'
  | 'broken-stream'
  | 'empty-answer'
  | 'timed-out'
  | 'stalled'
  | 'cancelled'
  | 'bad-usage'
  | 'unknown';

/** Why one request, or a whole attempt, brought no answer. */
export interface AttemptFailure {
  readonly kind: FailureKind;
  /** What was seen, in one line, without secrets. */
  readonly message: string;
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined;
  /** Milliseconds that the vendor asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The start of what came back when its shape was not known. */
  readonly evidence?: string | undefined;
}

interface FailureFacts {
  /** Whether asking again in a moment can help. */
  readonly transient: boolean;
  /** The one thing that a person can do. */
  readonly remedy: string;
}

/** The one table of what each kind means: retried or not, and what a person can do. */
export const failureFacts: Readonly<Record<FailureKind, FailureFacts>> = {
  'not-installed': {
    transient: false,
    remedy: 'Install it, or name other models with --models',
  },
  'not-signed-in': {
    transient: false,
    remedy: 'Sign in with its own login command, or set its API key',
  },
  'not-asked': {
    transient: false,
    remedy: 'Make more models available: orchestrator models lists them',
  },
  'not-needed': { transient: false, remedy: 'Leave out --adaptive to ask every model' },
  unauthorized: { transient: false, remedy: 'Check the API key or sign in again' },
  'quota-exhausted': {
    transient: false,
    remedy: 'Add credit, wait for the quota to reset, or name other models with --models',
  },
  'budget-exhausted': {
    transient: false,
    remedy: 'Raise the budget, or name fewer or cheaper models with --models',
  },
  'rate-limited': { transient: true, remedy: 'Wait, or lower the concurrency of this runner' },
  overloaded: { transient: true, remedy: 'Try again later, or raise --retries' },
  'unknown-model': { transient: false, remedy: 'Correct the model id in the configuration' },
  'input-too-long': { transient: false, remedy: 'Shorten the task or give fewer context files' },
  'output-too-long': {
    transient: false,
    remedy: "Ask for less at once, or raise the runner's maxOutputTokens",
  },
  flooded: {
    transient: false,
    remedy:
      "Read the evidence with --json; where it is an answer, raise the runner's outputMaxBytes",
  },
  refused: { transient: false, remedy: 'Word the task differently, or name other models' },
  network: { transient: true, remedy: 'Check the connection and the base URL' },
  'broken-stream': { transient: true, remedy: 'Try again, or raise --retries' },
  'empty-answer': { transient: true, remedy: 'Try again, or name other models' },
  'timed-out': { transient: false, remedy: 'Raise --timeout' },
  stalled: { transient: true, remedy: 'Try again, or raise the stall time of this runner' },
  cancelled: { transient: false, remedy: 'Run it again' },
  'bad-usage': { transient: false, remedy: 'Correct the configuration of this runner' },
  unknown: { transient: false, remedy: 'Read the evidence with --json, and please report it' },
};
