import type { RunEvent } from '../../src/domain/event.ts';
import { answered, decided, failed, planWith, primary, reviewed, validator } from './sample-run.ts';

/** When the sample run begins, in milliseconds since the epoch. */
export const sampleStartMs = 1_700_000_000_000;

const [claude, codex, gemini] = [
  primary(1, 'claude-code'),
  primary(2, 'codex'),
  validator(1, 'gemini'),
];

type Unstamped = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'atMs'>
    : never
  : never;

const events: readonly (readonly [atMs: number, event: Unstamped])[] = [
  [
    0,
    {
      type: 'plan-made',
      value: planWith([claude, codex, gemini], {
        substitutions: [
          { seat: 'validator-1', planned: 'grok', runner: 'gemini', because: 'not-signed-in' },
        ],
      }),
    },
  ],
  [10, { type: 'attempt-started', seat: 'primary-1', runner: 'claude-code' }],
  [10, { type: 'attempt-started', seat: 'primary-2', runner: 'codex' }],
  [900, { type: 'text-arrived', seat: 'primary-1', text: 'x'.repeat(1234) }],
  [
    1000,
    {
      type: 'try-failed',
      seat: 'primary-2',
      tries: 1,
      failure: { kind: 'rate-limited', message: 'HTTP 429' },
      waitMs: 2000,
    },
  ],
  [
    3810,
    { type: 'attempt-ended', seat: 'primary-1', value: answered(claude, { durationMs: 3800 }) },
  ],
  [
    5010,
    {
      type: 'attempt-ended',
      seat: 'primary-2',
      value: {
        ...failed(codex, 'timed-out', 'No whole answer within 5 s'),
        tries: 2,
        durationMs: 5000,
      },
    },
  ],
  [5020, { type: 'decision-made', value: decided() }],
  [5030, { type: 'attempt-started', seat: 'validator-1', runner: 'gemini' }],
  [
    6230,
    { type: 'attempt-ended', seat: 'validator-1', value: answered(gemini, { durationMs: 1200 }) },
  ],
  [6240, { type: 'review-given', seat: 'validator-1', value: reviewed('validator-1', 'revise') }],
  [6250, { type: 'run-ended', status: 'degraded' }],
];

/** The events of a run in which codex is rate limited and then too slow, up to a moment of it. */
export function sampleEvents(untilMs: number = Number.POSITIVE_INFINITY): readonly RunEvent[] {
  return events.flatMap(([atMs, event]) =>
    atMs <= untilMs ? [{ ...event, atMs: sampleStartMs + atMs }] : [],
  );
}
