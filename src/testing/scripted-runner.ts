import type { Usage } from '../domain/attempt.ts';
import type { Availability } from '../domain/availability.ts';
import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { AskContext, Outcome, Prompt, Runner } from '../domain/runner.ts';
import { virtualClock } from './virtual-clock.ts';

/** What a scripted runner does with one request. */
export interface ScriptedReply {
  /** What it reports, piece by piece, before it ends. */
  readonly chunks: readonly string[];
  /** Milliseconds before the first piece, and so before the end. */
  readonly delayMs: number;
  /** How the request ends; null to wait for the abort. */
  readonly end: Outcome | null;
}

/** What an answer is known by. */
export interface AnswerOptions {
  readonly delayMs?: number;
  /** The pieces in which the text arrives; one piece when left out. */
  readonly chunks?: readonly string[];
  readonly model?: string | null;
  readonly usage?: Usage | null;
  readonly costUsd?: number | null;
}

/** What is known of a failure. */
export interface FailureOptions extends Partial<Omit<AttemptFailure, 'kind'>> {
  readonly delayMs?: number;
  /** What arrives before it fails. */
  readonly chunks?: readonly string[];
}

/** A reply that is a whole answer. */
export function answers(text: string, options: AnswerOptions = {}): ScriptedReply {
  const { delayMs = 0, chunks = [text], ...known } = options;
  return { chunks, delayMs, end: { status: 'answered', text, ...known } };
}

/** A reply that is a failure of the kind. */
export function fails(kind: FailureKind, options: FailureOptions = {}): ScriptedReply {
  const { delayMs = 0, chunks = [], message = `Scripted: ${kind}`, ...known } = options;
  return { chunks, delayMs, end: { status: 'failed', failure: { kind, message, ...known } } };
}

/** A reply that never ends by itself; `chunks` arrive before the silence. */
export function hangs(...chunks: readonly string[]): ScriptedReply {
  return { chunks, delayMs: 0, end: null };
}

/** How a scripted runner answers: its replies in turn, the last one for all further requests, or one made from the prompt. */
export type Script =
  | readonly [ScriptedReply, ...ScriptedReply[]]
  | ((prompt: Prompt, request: number) => ScriptedReply);

/** What a scripted runner can be given besides its script. */
export interface ScriptedRunnerOptions {
  /** Where delays pass; without it they take no time. */
  readonly clock?: Clock;
  readonly streaming?: boolean;
  readonly availability?: Availability;
}

/** A runner that follows a script, and what it was asked. */
export interface ScriptedRunner extends Runner {
  /** The prompts of all requests so far. */
  readonly prompts: readonly Prompt[];
  /** The most requests that were under way at one time. */
  readonly mostAtOnce: number;
}

/**
 * Makes a runner that follows a script. It passes `describeRunner`, so a script that throws is a failure of
 * kind `unknown`.
 *
 * @example
 * ```ts
 * const runner = scriptedRunner('codex', [fails('rate-limited', { retryAfterMs: 200 }), answers('Hello')]);
 * ```
 */
export function scriptedRunner(
  name: string,
  script: Script,
  options: ScriptedRunnerOptions = {},
): ScriptedRunner {
  const { clock = virtualClock({ auto: true }), streaming = true } = options;
  const availability = options.availability ?? { status: 'available', where: 'a script' };
  const prompts: Prompt[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  return {
    name,
    streaming,
    prompts,
    get mostAtOnce() {
      return mostAtOnce;
    },
    available: async () => availability,
    ask: async (prompt, context) => {
      if (context.signal.aborted) return cancelled;
      prompts.push(prompt);
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      try {
        const reply = replyTo(prompt, prompts.length, script);
        return await perform(reply, context, { clock, streaming });
      } catch (error) {
        return unknown(error);
      } finally {
        underWay -= 1;
      }
    },
  };
}

const cancelled: Outcome = {
  status: 'failed',
  failure: { kind: 'cancelled', message: 'Cancelled' },
};

function replyTo(prompt: Prompt, request: number, script: Script): ScriptedReply {
  if (typeof script === 'function') return script(prompt, request);
  return script[Math.min(request, script.length) - 1] ?? script[0];
}

async function perform(
  { chunks, delayMs, end }: ScriptedReply,
  { signal, report }: AskContext,
  { clock, streaming }: { readonly clock: Clock; readonly streaming: boolean },
): Promise<Outcome> {
  if (delayMs > 0) await clock.sleep(delayMs, signal);
  if (signal.aborted) return cancelled;
  for (const text of chunks) report(streaming ? { type: 'text', text } : { type: 'activity' });
  if (end === null) await aborted(signal);
  // A hang ends only by the abort.
  return end === null ? cancelled : withText(end);
}

function withText(end: Outcome): Outcome {
  if (end.status === 'failed' || end.text.trim() !== '') return end;
  return {
    status: 'failed',
    failure: { kind: 'empty-answer', message: 'The scripted answer has no text' },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function unknown(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 'failed',
    failure: { kind: 'unknown', message: `The script threw: ${message}` },
  };
}
