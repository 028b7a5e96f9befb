import { expect, test } from 'vitest';
import { sampleEvents } from '../../test/support/sample-events.ts';
import {
  failed,
  notPassed,
  primary,
  sampleTask,
  undecided,
} from '../../test/support/sample-run.ts';
import type { RunEvent } from '../domain/event.ts';
import { type Lane, lanesAfter } from './lanes.ts';
import { progressLine } from './progress.ts';

function linesOf(events: readonly RunEvent[]): readonly string[] {
  let lanes: readonly Lane[] = [];
  return events.flatMap((event) => {
    lanes = lanesAfter(lanes, event);
    return progressLine(event, lanes) ?? [];
  });
}

test('progressLine() tells a run in one line for each noteworthy event', () => {
  expect(linesOf(sampleEvents())).toEqual([
    'plan  medium, backend: claude-code and codex to answer; gemini to review; gemini in place of grok (not signed in)',
    'claude-code  asked',
    'codex  asked',
    'codex  rate limited, trying again in 2.0 s (try 2)',
    'claude-code  answered in 3.8 s, 340 tokens',
    'codex  failed after 5.0 s: Timeout: No whole answer within 5 s',
    'decision  claude-code (agreement)',
    'gemini  asked',
    'gemini  answered in 1.2 s, 340 tokens',
    'gemini  revise, 0 findings: I revise it',
    'run  degraded',
  ]);
});

const atMs = 0;
const seat = 'primary-1';
const absent = { ...failed(primary(1, 'codex'), 'not-installed', 'Not on PATH'), tries: 0 };
const reason = {
  code: 'no_answer',
  message: 'No model answered',
  witness: 'No model answered',
  seats: [],
} as const;

test.each<[RunEvent, string | undefined]>([
  [{ type: 'run-started', task: sampleTask, atMs }, undefined],
  [{ type: 'text-arrived', seat, text: 'secret of the model', atMs }, undefined],
  [
    { type: 'progress-made', seat, doing: 'thinking', outputTokens: null, atMs },
    'primary-1  thinking',
  ],
  [
    { type: 'progress-made', seat, doing: 'working', outputTokens: 1200, atMs },
    'primary-1  working, 1.2k tokens',
  ],
  [{ type: 'progress-made', seat, doing: null, outputTokens: 7, atMs }, undefined],
  [
    { type: 'attempt-ended', seat, value: absent, atMs },
    'primary-1  not asked: Not installed: Not on PATH',
  ],
  [
    { type: 'verdict-given', seat, value: notPassed(seat), atMs },
    'primary-1  syntax failed: src/server.ts:3: unexpected }',
  ],
  [{ type: 'decision-made', value: undecided, atMs }, 'decision  no answer to choose'],
  [
    { type: 'review-given', seat, value: { status: 'none', seat, because: 'network' }, atMs },
    'primary-1  No review: network error',
  ],
  [
    {
      type: 'validation-made',
      value: { needsHumanReview: true, reasons: [reason], reviews: [] },
      atMs,
    },
    'review  a person should look: no_answer',
  ],
])('progressLine() of %o', (event, line) => {
  expect(progressLine(event, [])).toBe(line);
});

test('progressLine() stays one harmless line whatever a message holds', () => {
  const value = failed(primary(1, 'codex'), 'unknown', 'first\nsecond\u001b[2J');
  expect(progressLine({ type: 'attempt-ended', seat, value, atMs }, [])).toBe(
    'primary-1  failed after 60.0 s: Unknown failure: first second^[[2J',
  );
});
