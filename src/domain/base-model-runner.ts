/** What a model runner is given besides the prompt. */
export interface ExecuteContext {
  /** Aborts when the run is cancelled or the time is up. */
  readonly signal: AbortSignal;
  /** Seconds until `signal` aborts for lack of time. */
  readonly timeout: number;
  /** Shows text as it arrives; also holds the stall clock back. */
  readonly onText: (text: string) => void;
}

/** An answer with what is known about it. A plain string is an answer with nothing known. */
export interface ExecuteAnswer {
  readonly text: string;
  /** The model that really answered. */
  readonly model?: string | undefined;
  readonly usage?:
    | { readonly inputTokens: number | null; readonly outputTokens: number | null }
    | undefined;
  /** US dollars. */
  readonly cost?: number | undefined;
}

/**
 * A model of your own: subclass it, and register an instance with `orch.runners[name]`.
 *
 * @example
 * ```ts
 * class MyModelRunner extends BaseModelRunner {
 *   readonly name = 'my-model';
 *   async execute(prompt: string): Promise<string> {
 *     return callMyModel(prompt);
 *   }
 * }
 * ```
 */
export abstract class BaseModelRunner {
  abstract readonly name: string;
  /** Answers one prompt. What it throws is a failure of this model and of no other. */
  abstract execute(prompt: string, context: ExecuteContext): Promise<string | ExecuteAnswer>;
}
