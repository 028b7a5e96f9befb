import { expect, test } from 'vitest';
import type { StatsRow } from '../../../src/report/stats-json.ts';
import { statsCsv } from './stats-csv.ts';

const row: StatsRow = {
  runner: 'codex',
  model: '=HYPERLINK("x")',
  category: 'a,b',
  asked: 3,
  answered: 2,
  won: 1,
  lost: 1,
  tied: 0,
  uncompared: 0,
  verified: { won: 1, lost: 0 },
  win_rate: null,
  failures: { 'timed-out': 1 },
  latency: { p50: 1.5, p95: null },
  cost_per_answer: { mean: null, known: 0 },
  tokens_per_answer: { mean: 20, known: 2 },
};

test('statsCsv() quotes what needs it, and makes no formula of a name', () => {
  const [head, line, end] = statsCsv([row]).split('\r\n');
  expect(head?.split(',').length).toBe(19);
  expect(line).toBe(`codex,"'=HYPERLINK(""x"")","a,b",3,2,1,1,0,0,1,0,,,,1.5,,,20,timed-out 1`);
  expect(end).toBe('');
});
