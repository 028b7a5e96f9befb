import type { FailureKind } from '../../domain/failure.ts';
import type { Prompt } from '../../domain/runner.ts';

/** What the program that holds the model is told, as JSON on stdin. */
export interface ChildRequest {
  readonly engineModule: string;
  readonly modelFile: string;
  readonly prompt: Prompt;
  /** Threads for the work of the model. */
  readonly threads: number;
  /** Tokens of prompt and answer together, at most; memory grows with them. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number | undefined;
}

/** What the program says, one JSON object a line on stdout. */
export type ChildMessage =
  | { readonly type: 'working' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'done'; readonly inputTokens: number; readonly outputTokens: number }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly message: string };

/** Reads one line; undefined for what the program did not mean to say, as a library's own output. */
export function childMessageIn(line: string): ChildMessage | undefined {
  if (!line.startsWith('{"type":')) return undefined;
  try {
    // The program is ours, and what begins so was written by it.
    return JSON.parse(line) as ChildMessage;
  } catch {
    return undefined;
  }
}
