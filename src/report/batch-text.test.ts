import { describe, expect, test } from 'vitest';
import { batchRow, type CountedRow, readBatchRow } from './batch-row.ts';
import { type BatchTally, emptyTally, tallyWith } from './batch-tally.ts';
import { batchProgressLines, batchProgressText, batchSummaryLines } from './batch-text.ts';
import { jsonLine } from './json.ts';

const invalid = batchRow(
  { line: 1, id: null, status: 'invalid', runId: null, because: 'it is no JSON' },
  false,
);
const complete = (change: Partial<CountedRow> = {}): CountedRow => ({
  ...invalid,
  status: 'complete',
  chosen: 'codex',
  cost: 0.5,
  input_tokens: 10,
  ...change,
});
const tallyOf = (...rows: readonly CountedRow[]): BatchTally => rows.reduce(tallyWith, emptyTally);
const ascii = { color: false, unicode: false, width: 80 };

describe('tallyWith()', () => {
  test('adds up what is known, and counts what is not', () => {
    const failures = [{ model: 'grok', role: 'primary', failure_kind: 'timed-out' }] as const;
    const tally = tallyOf(
      complete(),
      complete({ cost: null, unpriced_calls: 2, chosen: null, status: 'failed', failures }),
      complete({ needs_review: true, cost: 0.25 }),
      invalid,
    );
    expect(tally).toEqual({
      rows: 4,
      statuses: { complete: 2, failed: 1, invalid: 1 },
      failures: { 'timed-out': 1 },
      chosen: { codex: 2 },
      needsReview: 1,
      inputTokens: 30,
      outputTokens: 0,
      costUsd: 0.75,
      unpricedCalls: 2,
    });
    expect(tallyOf(invalid).costUsd).toBeNull();
  });

  test('reads a row back as it was written, and nothing else', () => {
    expect(tallyOf(readBatchRow(jsonLine(invalid)) ?? complete())).toEqual(tallyOf(invalid));
    expect(readBatchRow('{"line": 1}')).toBeUndefined();
    expect(readBatchRow('{"li')).toBeUndefined();
  });
});

describe('batchProgressLines()', () => {
  const progress = {
    before: tallyOf(complete({ cost: 9 })),
    tally: tallyOf(complete({ cost: 9 }), complete(), complete()),
    total: 7,
    elapsedMs: 4000,
    state: 'running',
  } as const;

  test('estimates time and cost by what this process has done', () => {
    const [first, second] = batchProgressLines(progress, ascii);
    expect(first).toMatch(/^#{10}\.{14} 3 of 7 tasks, 30\.0\/min, about 8 s left$/);
    expect(second).toBe('$10.00, about $2.00 to come');
  });

  test('says what is unknown, what failed and that it is held back', () => {
    const tally = tallyOf(invalid, complete({ cost: null, unpriced_calls: 1, needs_review: true }));
    const text = batchProgressText({ ...progress, tally, total: null, state: 'paused' });
    expect(text).toBe('2 tasks (paused), 15.0/min, cost unknown (1 call), 1 invalid, 1 to review');
  });

  test('estimates nothing before the first row', () => {
    const none = { ...progress, before: emptyTally, tally: emptyTally, elapsedMs: 0 };
    expect(batchProgressText(none)).toBe('0 of 7 tasks, 0.0/min, no cost');
  });
});

describe('batchSummaryLines()', () => {
  test('says what there is to say, and where the results are', () => {
    const lines = batchSummaryLines({
      before: emptyTally,
      tally: tallyOf(complete(), invalid),
      total: 2,
      elapsedMs: 7_500_000,
      output: '/tmp/out.jsonl',
      stopped: false,
    });
    expect(lines).toEqual([
      'Finished 2 of 2 tasks in 2 h 5 min',
      '  Status     1 complete and 1 invalid',
      '  Chosen     1 codex',
      '  Tokens     10 in, 0 out',
      '  Cost       $0.5000',
      '  Results    /tmp/out.jsonl',
    ]);
  });
});
