import type { CodeFile } from './candidate.ts';
import type { SandboxFacts } from './sandbox-facts.ts';
import type { Call } from './test-case.ts';
import type { Value } from './value.ts';

/** What a candidate did when it was called; data only, compared outside the sandbox. */
export type Observation =
  | {
      readonly kind: 'returned';
      readonly value: Value;
      /** What it wrote to standard output. */
      readonly printed: string;
      /** The arguments that differ after the call, by position; empty where the call left them alone. */
      readonly changed: readonly (readonly [number, Value])[];
    }
  | {
      readonly kind: 'raised';
      /** The class of the error. */
      readonly error: string;
      readonly message: string;
      readonly printed: string;
    }
  /** It used up its CPU time, or its wall time when tried once more alone. */
  | { readonly kind: 'timed-out'; readonly limitMs: number }
  /** The process ended without saying what came of the call: `exit 0`, `SIGKILL`, `out of memory`, `output limit`. */
  | { readonly kind: 'crashed'; readonly how: string }
  | { readonly kind: 'not-run'; readonly because: string };

/** Code to call. */
export interface Program {
  readonly language: string;
  /** The main file first. */
  readonly files: readonly [CodeFile, ...CodeFile[]];
}

/** Runs programs of some languages inside a sandbox. Never rejects for what a program does. */
export interface Executor {
  readonly languages: readonly string[];
  /**
   * What it runs in, or why it cannot run here: no sandbox at or above the floor, or no toolchain for the
   * language, if one is given.
   */
  available(language?: string): Promise<ExecutorStatus>;
  /**
   * Makes each call on a program, in order, each with its own copy of its arguments; one observation for each
   * call. A call that ends the process does not take the later ones with it.
   */
  observe(job: ObserveJob, signal: AbortSignal): Promise<readonly Observation[]>;
  /** Evaluates expressions of one language without any candidate; undefined where one cannot be evaluated. */
  evaluate(source: SourceExpressions, signal: AbortSignal): Promise<readonly (Value | undefined)[]>;
  /** Ends the processes that it keeps warm. */
  close(): Promise<void>;
}

/** Expressions to evaluate, in the language that they are written in. */
export interface SourceExpressions {
  readonly language: string;
  readonly expressions: readonly string[];
}

/** One program and what to do with it. */
export interface ObserveJob {
  readonly program: Program;
  readonly calls: readonly Call[];
}

/** Whether code can be run, and in what. */
export type ExecutorStatus =
  | { readonly status: 'ready'; readonly sandbox: SandboxFacts }
  | { readonly status: 'unavailable'; readonly because: string; readonly remedy: string };
