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
  | 'circuit-open'
  | 'cancelled'
  | 'bad-usage'
  | 'not-recorded'
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

/** What a failure tells of the runner: nobody is there, somebody is, or nothing. */
type Tells = 'down' | 'up' | 'nothing';

interface FailureFacts {
  /** Whether asking again in a moment can help. */
  readonly transient: boolean;
  /** Several that say `down` in a row, and the runner is not asked for a while. */
  readonly tells: Tells;
  /** The one thing that a person can do. */
  readonly remedy: string;
}

/** The one table of what each kind means: retried or not, what it tells of the runner, and what a person can do. */
export const failureFacts: Readonly<Record<FailureKind, FailureFacts>> = {
  'not-installed': {
    transient: false,
    tells: 'nothing',
    remedy: 'Install it, or name other models with --models',
  },
  'not-signed-in': {
    transient: false,
    tells: 'nothing',
    remedy: 'Sign in with its own login command, or set its API key',
  },
  'not-asked': {
    transient: false,
    tells: 'nothing',
    remedy: 'Make more models available: orchestrator models lists them',
  },
  'not-needed': {
    transient: false,
    tells: 'nothing',
    remedy: 'Leave out --adaptive to ask every model',
  },
  unauthorized: { transient: false, tells: 'up', remedy: 'Check the API key or sign in again' },
  'quota-exhausted': {
    transient: false,
    tells: 'up',
    remedy:
      'Add credit and use orchestrator limits --reset, wait for the quota to reset, or name other models with --models',
  },
  'rate-limited': {
    transient: true,
    tells: 'up',
    remedy: 'Wait, or lower the concurrency of this runner',
  },
  overloaded: { transient: true, tells: 'down', remedy: 'Try again later, or raise --retries' },
  'unknown-model': {
    transient: false,
    tells: 'up',
    remedy: 'Correct the model id in the configuration',
  },
  'input-too-long': {
    transient: false,
    tells: 'up',
    remedy: 'Shorten the task or give fewer context files',
  },
  'budget-exhausted': {
    transient: false,
    tells: 'nothing',
    remedy: 'Raise the budget, or name fewer or cheaper models with --models',
  },
  'output-too-long': {
    transient: false,
    tells: 'up',
    remedy: "Ask for less at once, or raise the runner's maxOutputTokens",
  },
  flooded: {
    transient: false,
    tells: 'up',
    remedy:
      "Read the evidence with --json; where it is an answer, raise the runner's outputMaxBytes",
  },
  refused: {
    transient: false,
    tells: 'up',
    remedy: 'Word the task differently, or name other models',
  },
  network: { transient: true, tells: 'down', remedy: 'Check the connection and the base URL' },
  'broken-stream': { transient: true, tells: 'down', remedy: 'Try again, or raise --retries' },
  'empty-answer': { transient: true, tells: 'up', remedy: 'Try again, or name other models' },
  'timed-out': { transient: false, tells: 'down', remedy: 'Raise --timeout' },
  stalled: {
    transient: true,
    tells: 'down',
    remedy: 'Try again, or raise the stall time of this runner',
  },
  'circuit-open': {
    transient: true,
    tells: 'nothing',
    remedy: 'Wait until it is tried again, or try it at once after orchestrator limits --reset',
  },
  cancelled: { transient: false, tells: 'nothing', remedy: 'Run it again' },
  'bad-usage': {
    transient: false,
    tells: 'nothing',
    remedy: 'Correct the configuration of this runner',
  },
  'not-recorded': {
    transient: false,
    tells: 'nothing',
    remedy: 'Record it with --record, or leave out --replay',
  },
  unknown: {
    transient: false,
    tells: 'down',
    remedy: 'Read the evidence with --json, and please report it',
  },
};
