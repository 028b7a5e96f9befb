import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleEvents, sampleStartMs } from '../../test/support/sample-events.ts';
import { failed, planWith, primary } from '../../test/support/sample-run.ts';
import type { RunEvent } from '../domain/event.ts';
import { displayWidth } from './display-width.ts';
import { type Lane, lanesAfter } from './lanes.ts';
import { renderLanes } from './render-lanes.ts';

const look = { color: false, width: 80, unicode: true };
const lanesAt = (untilMs: number): readonly Lane[] =>
  sampleEvents(untilMs).reduce(lanesAfter, [] as readonly Lane[]);
const drawn = (atMs: number, change = {}): readonly string[] =>
  renderLanes(lanesAt(atMs), { ...look, nowMs: sampleStartMs + atMs, ...change });

test.each([
  [
    0,
    [
      '· claude-code  waiting            ',
      '· codex        waiting            ',
      '· gemini       waiting                         validates, in place of grok',
    ],
  ],
  [
    1500,
    [
      '⠋ claude-code  writing     1.5 s  1.2k chars',
      '↻ codex        retrying    1.5 s               rate limited, try 2 in 1.5 s',
      '· gemini       waiting                         validates, in place of grok',
    ],
  ],
  [
    7000,
    [
      '✓ claude-code  answered    3.8 s  340 tokens   chosen',
      '✗ codex        failed      5.0 s  Timeout: No whole answer within 5 s',
      '✓ gemini       answered    1.2 s  340 tokens   asks for changes',
    ],
  ],
])('renderLanes() after %i ms', (atMs, lines) => {
  const spun = drawn(atMs).map((line) => line.replace(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/, '⠋'));
  expect(spun).toEqual(lines);
});

test('renderLanes() turns the spinner with the time', () => {
  const lanes = lanesAt(500);
  const signs = [0, 80, 160].map((ms) => renderLanes(lanes, { ...look, nowMs: ms })[0]?.[0]);
  expect(signs).toEqual(['⠋', '⠙', '⠹']);
});

test('renderLanes() tells what a model does until it writes', () => {
  const seat = 'primary-1';
  const does: readonly RunEvent[] = [
    { type: 'progress-made', seat, doing: 'thinking', outputTokens: 1200, atMs: 0 },
    { type: 'text-arrived', seat, text: 'abc', atMs: 0 },
  ];
  const shown = [1, 2].map((count) => {
    const lanes = does.slice(0, count).reduce(lanesAfter, lanesAt(500));
    return renderLanes(lanes, { ...look, nowMs: sampleStartMs + 500 })[0]?.slice(2);
  });
  expect(shown).toEqual([
    'claude-code  thinking    0.5 s  1.2k tokens',
    'claude-code  writing     0.5 s  3 chars',
  ]);
});

test('renderLanes() shows a lane as asking once its wait is over', () => {
  const [, codex] = renderLanes(lanesAt(1500), { ...look, nowMs: sampleStartMs + 3000 });
  expect(codex).toMatch(/codex {8}asking +3\.0 s +try 2$/);
});

test('renderLanes() uses nothing but ASCII where only that can be shown', () => {
  for (const atMs of [0, 500, 1500, 5500, 7000])
    expect(drawn(atMs, { unicode: false, width: 40 }).join('')).toMatch(/^[ -~]*$/);
});

test('renderLanes() adds nothing but colour where colour is wanted', () => {
  for (const atMs of [0, 500, 1500, 5500, 7000]) {
    const colored = drawn(atMs, { color: true });
    expect(colored.join('')).toContain('\u001b[');
    expect(colored.map((line) => stripVTControlCharacters(line))).toEqual(drawn(atMs));
  }
});

test('renderLanes() draws one line for each lane within the width, whatever names and messages hold', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 100 }), (runner, message, width) => {
      const seat = primary(1, runner);
      const events: readonly RunEvent[] = [
        { type: 'plan-made', value: planWith([seat, primary(2, '日本語')]), atMs: 0 },
        { type: 'attempt-ended', seat: seat.id, value: failed(seat, 'unknown', message), atMs: 1 },
      ];
      const lanes = events.reduce(lanesAfter, [] as readonly Lane[]);
      const lines = renderLanes(lanes, { ...look, width, nowMs: 2 });
      expect(lines).toHaveLength(2);
      for (const line of lines) {
        expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }),
  );
});
