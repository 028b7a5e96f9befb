import type { OrchestratorResult } from './result.ts';

/** The exit statuses of the command, by what they mean. */
export const exitStatus = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  degraded: 3,
  noAnswer: 4,
  cancelled: 130,
} as const;

/** Every misuse that is thrown. Codes never change. */
export type MistakeCode =
  | 'bad-usage'
  | 'bad-configuration'
  | 'unknown-model'
  | 'unreadable-file'
  | 'unwritable-output'
  | 'no-recording'
  | 'no-local-model'
  | 'no-sandbox'
  | 'unsupported-node'
  | 'not-sync'
  | 'bad-history'
  | 'unknown-run'
  | 'run-in-use'
  | 'budget-exceeded'
  | 'bad-engine'
  | 'no-answer'
  | 'busy'
  | 'cancelled';

/** The exit status of the command after each. */
export const exitStatusOf: Readonly<Record<MistakeCode, number>> = {
  'bad-usage': exitStatus.usage,
  'bad-configuration': exitStatus.usage,
  'unknown-model': exitStatus.usage,
  'unreadable-file': exitStatus.usage,
  'unwritable-output': exitStatus.usage,
  'no-recording': exitStatus.usage,
  'no-local-model': exitStatus.usage,
  'no-sandbox': exitStatus.degraded,
  'unsupported-node': exitStatus.usage,
  'not-sync': exitStatus.usage,
  'bad-history': exitStatus.usage,
  'unknown-run': exitStatus.usage,
  'run-in-use': exitStatus.usage,
  'budget-exceeded': exitStatus.noAnswer,
  'bad-engine': exitStatus.usage,
  'no-answer': exitStatus.noAnswer,
  busy: exitStatus.usage,
  cancelled: exitStatus.cancelled,
};

/** Whether a value is the code of a mistake. */
export function isMistakeCode(value: unknown): value is MistakeCode {
  return typeof value === 'string' && Object.hasOwn(exitStatusOf, value);
}

/** What an error can carry besides its message. */
export interface OrchestratorErrorOptions {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly result?: OrchestratorResult | undefined;
}

/** A misuse: something that only the caller can mend. Failures of models are never thrown. */
export class OrchestratorError extends Error {
  readonly code: MistakeCode;
  /** What to do about it, where there is one thing to do. */
  readonly hint: string | undefined;
  /** What there is of a cancelled run. */
  readonly result: OrchestratorResult | undefined;

  /** `message` says what could not be done, what was found and what is wanted. */
  constructor(code: MistakeCode, message: string, options: OrchestratorErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = code === 'cancelled' ? 'AbortError' : 'OrchestratorError';
    this.code = code;
    this.hint = options.hint;
    this.result = options.result;
  }
}
