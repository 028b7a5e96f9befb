import { expect, test } from 'vitest';
import type { ModelStats } from '../domain/stats.ts';
import { displayWidth } from './display-width.ts';
import { statsJson } from './stats-json.ts';
import { renderStats } from './stats-text.ts';

const look = { color: false, width: 80, unicode: true };

function row(change: Partial<ModelStats> = {}): ModelStats {
  return {
    runner: 'claude-code',
    model: 'claude-opus-5-5',
    category: 'architecture',
    asked: 1240,
    answered: 1200,
    won: 700,
    lost: 300,
    tied: 150,
    uncompared: 50,
    verified: { won: 400, lost: 100 },
    winRate: { share: 0.7, low: 0.671, high: 0.727 },
    failures: { 'timed-out': 30, stalled: 10 },
    latencyMs: { p50: 12_300, p95: 145_000 },
    cost: { mean: 0.0123, known: 1000 },
    tokens: { mean: 1240, known: 1200 },
    ...change,
  };
}

test('renderStats() fits a line of 80 cells, the longest names of the built-in models and categories included', () => {
  const lines = renderStats([row()], look).split('\n');
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
  expect(lines[0]).toMatch(/^MODEL +CATEGORY +ASKED +WON +LOST +RATE +95 % +P50 +P95$/);
  expect(lines[1]).toMatch(
    /^claude-code +architecture +1\.2k +700 +300 +70 % +67-73 % +12\.3 s +145 s$/,
  );
});

test('renderStats() says what else is known, and of how many answers an amount is not', () => {
  const wide = renderStats([row()], { ...look, width: Number.POSITIVE_INFINITY });
  expect(wide).toContain(
    'claude-opus-5-5; verified: 400 won, 100 lost; 150 tied; 50 not compared; failed: timeout 30, stalled 10; $0.0123 an answer (unknown of 200); 1.2k tokens an answer\n',
  );
});

test('renderStats() says that there are too few, in place of a number', () => {
  const few = row({
    won: 3,
    lost: 1,
    winRate: null,
    latencyMs: { p50: null, p95: null },
    cost: { mean: null, known: 0 },
  });
  const text = renderStats([few], look);
  expect(text).toMatch(/ 3 +1 +few +- +few +few\n/);
  expect(text).toContain('cost unknown');
});

test('statsJson() gives seconds, and null for what is unknown', () => {
  const { models } = JSON.parse(statsJson([row({ latencyMs: { p50: 12_300, p95: null } })]));
  expect(models[0]).toMatchObject({
    runner: 'claude-code',
    won: 700,
    win_rate: { share: 0.7, low: 0.671, high: 0.727 },
    failures: { 'timed-out': 30, stalled: 10 },
    latency: { p50: 12.3, p95: null },
    cost_per_answer: { mean: 0.0123, known: 1000 },
  });
});
