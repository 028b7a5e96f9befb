import { setTimeout as pause } from 'node:timers/promises';
import type { AskContext, Runner } from '../../src/domain/runner.ts';

/** What a runner writes for each thing that it is asked for. */
export interface Replies {
  readonly answer: string;
  readonly review?: string;
  readonly tests?: string;
  readonly merge?: string;
  /** Pieces that an answer is written in, and milliseconds between them. */
  readonly pieces?: number;
  readonly paceMs?: number;
  /** What is waited for in the middle of everything that it writes. */
  readonly halfway?: Promise<void>;
  /** Writes everything and then waits for its end. */
  readonly hangs?: boolean;
  /** The same, where what it is asked for begins with this. */
  readonly hangsAt?: string;
  readonly costUsd?: number;
}

const acceptedReview = JSON.stringify({
  verdict: 'accept',
  summary: 'It does the task.',
  findings: [],
});

/** A runner that tells by its prompt what it is asked for, and writes it piece by piece. */
export function writer(name: string, replies: Replies): Runner {
  const { hangs = false, hangsAt = hangs ? '' : undefined, costUsd } = replies;
  return {
    name,
    streaming: true,
    available: async () => ({ status: 'available', where: 'a script' }),
    ask: async ({ system }, context) => {
      const { signal } = context;
      const text = replyTo(system, replies);
      await write(text, replies, context);
      if (hangsAt !== undefined && system.startsWith(hangsAt)) await aborted(signal);
      if (signal.aborted)
        return { status: 'failed', failure: { kind: 'cancelled', message: 'Cancelled' } };
      const usage = { inputTokens: 120, outputTokens: Math.ceil(text.length / 4) };
      return {
        status: 'answered',
        text,
        usage,
        model: `${name}-1`,
        ...(costUsd !== undefined && { costUsd }),
      };
    },
  };
}

async function write(
  text: string,
  { pieces = 4, paceMs = 0, halfway }: Replies,
  { signal, report }: AskContext,
): Promise<void> {
  const length = Math.max(1, Math.ceil(text.length / pieces));
  for (let at = 0; at < text.length && !signal.aborted; at += length) {
    if (at * 2 >= text.length) await Promise.race([halfway, aborted(signal)]);
    report({ type: 'text', text: text.slice(at, at + length) });
    if (paceMs > 0) await pause(paceMs, undefined, { signal }).catch(() => undefined);
  }
}

function replyTo(system: string, { answer, ...replies }: Replies): string {
  if (system.startsWith('You review')) return replies.review ?? acceptedReview;
  if (system.startsWith('You write tests')) return replies.tests ?? '[]';
  if (system.includes('Several answers to one programming task')) return replies.merge ?? answer;
  return answer;
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

/** A task that can be run, with an example. */
export const doubleTask =
  'Build an API helper: write a JavaScript function double(n) that doubles a number. For example, double(2) returns 4.';

const right = '```js\n// double.js\nexport function double(n) {\n  return n * 2;\n}\n```';
const wrong = '```js\nexport function double(n) {\n  return n < 3 ? n * 2 : n + 3;\n}\n```';
const tests =
  '```json\n[{ "call": "double(5)", "expected": "10" }, { "call": "double(0)", "expected": "0" }]\n```';
const review = JSON.stringify({
  verdict: 'revise',
  summary: 'It doubles numbers, but takes texts as well.',
  findings: [
    {
      severity: 'major',
      message: 'A text is doubled to a number without a word.',
      file: 'double.js',
      line: 3,
    },
  ],
});

/** The four runners of the built-in routes, two of which write programs that behave differently. */
export function splitRunners(more: Partial<Replies> = {}): Readonly<Record<string, Runner>> {
  return {
    'claude-code': writer('claude-code', {
      answer: `Sure.\n\n${wrong}`,
      tests,
      review,
      costUsd: 0.0123,
      ...more,
    }),
    codex: writer('codex', { answer: right, tests, review, costUsd: 0.0041, ...more }),
    gemini: writer('gemini', { answer: right, tests, review, costUsd: 0.002, ...more }),
    grok: writer('grok', { answer: wrong, tests, ...more }),
  };
}

/** A runner whose every request fails. */
export function failing(name: string, kind: 'unauthorized' | 'overloaded' | 'refused'): Runner {
  const failure = { kind, message: `The server said ${kind}` };
  return {
    name,
    streaming: true,
    available: async () => ({ status: 'available', where: 'a script' }),
    ask: async () => ({ status: 'failed', failure }),
  };
}

/** A runner that was asked and never says anything. */
export function silent(name: string): Runner {
  return {
    ...failing(name, 'refused'),
    ask: async (_prompt, { signal }) => {
      await aborted(signal);
      return { status: 'failed', failure: { kind: 'cancelled', message: 'Cancelled' } };
    },
  };
}

/** A runner whose vendor says each time to come again after a while. */
export function limited(name: string, retryAfterMs: number): Runner {
  const failure = { kind: 'rate-limited', message: 'Too many requests', retryAfterMs } as const;
  return { ...failing(name, 'refused'), ask: async () => ({ status: 'failed', failure }) };
}

/** A runner that is not installed. */
export function away(name: string): Runner {
  return {
    ...failing(name, 'refused'),
    available: async () => ({
      status: 'unavailable',
      kind: 'not-installed',
      message: `The program "${name}" was not found`,
      remedy: `Install ${name} and sign in`,
    }),
  };
}
