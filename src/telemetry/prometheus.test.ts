import { expect, test } from 'vitest';
import type { RunEvent } from '../domain/event.ts';
import { answered, failed, plan, seat, task } from '../testing/builders.ts';
import { openPrometheus } from './prometheus.ts';

const one = seat('primary-1', 'codex');
const made = seat('primary-2', 'ollama:made-up-by-a-request');
const spent = { costUsd: 0.25, tokens: 46, isEstimate: false };
const events: readonly RunEvent[] = [
  { type: 'plan-made', value: plan([one, made]), atMs: 1010 },
  { type: 'attempt-started', seat: 'primary-1', runner: 'codex', atMs: 1100 },
  {
    type: 'attempt-ended',
    seat: 'primary-1',
    value: answered(one, 'x', { usage: { inputTokens: 12, outputTokens: 34 }, spent }),
    atMs: 2100,
  },
  { type: 'attempt-ended', seat: 'primary-2', value: failed(made, 'network'), atMs: 2200 },
  { type: 'run-ended', status: 'degraded', atMs: 4000 },
];

test('openPrometheus() counts runs, attempts, tokens and cost by labels of the settings alone', async () => {
  const prometheus = openPrometheus({
    version: '1',
    labelOf: (runner) => (runner === 'codex' ? runner : 'other'),
  });
  const past = [{ type: 'run-started', task: task('a'), atMs: 1000 }] as const;
  const looker = await prometheus.observer({ id: 'r', past });
  for (const event of events) looker.hear(event);
  const text = await prometheus.text({ runs: () => 3, streams: () => 2 });
  for (const line of [
    'orchestrator_runs_total{status="degraded"} 1',
    'orchestrator_run_duration_seconds_sum{status="degraded"} 3',
    'orchestrator_run_duration_seconds_bucket{le="2.5",status="degraded"} 0',
    'orchestrator_run_duration_seconds_bucket{le="5",status="degraded"} 1',
    'orchestrator_attempts_total{runner="codex",outcome="answered"} 1',
    'orchestrator_attempts_total{runner="other",outcome="network"} 1',
    'orchestrator_tokens_total{runner="codex",type="output"} 34',
    'orchestrator_cost_usd_total{runner="codex"} 0.25',
    'orchestrator_runs_live 3',
    'orchestrator_event_streams_open 2',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).not.toContain('made-up');
});
