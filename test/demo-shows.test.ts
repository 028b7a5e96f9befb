import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openApp } from '../src/app/app.ts';
import { demoSettings, findDemoTask } from '../src/app/demo.ts';
import { modelStats } from '../src/app/model-stats.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import { readEnvironment } from '../src/config/environment.ts';
import type { RunRecord } from '../src/domain/run-record.ts';
import { resultOf } from '../src/report/result.ts';
import { task } from '../src/testing/builders.ts';

async function play(id: string): Promise<RunRecord> {
  const { text, mode } = findDemoTask(id);
  return openApp(demoSettings(builtInSettings), { env: readEnvironment() }).run(
    task(text, { mode }),
  );
}

const runnerOf = ({ plan }: RunRecord, id: string | null): string | undefined =>
  plan.seats.find((seat) => seat.id === id)?.runner;

const codesOf = ({ validation }: RunRecord): readonly string[] =>
  validation.reasons.map(({ code }) => code);

// One after another: a model that is late on a busy machine would be shown as one that failed.
describe('the demo', () => {
  test('slugify shows two models whose code behaves alike', async () => {
    const record = await play('slugify');
    expect(record.status).toBe('complete');
    expect(record.decision).toMatchObject({
      rule: 'one-behaviour',
      verification: { status: 'partly' },
      selection: { behaviours: [{ families: 2 }] },
    });
    expect(record.validation.needsHumanReview).toBe(false);
  });

  test('prune-backups shows a model that goes silent, and a run that goes on', async () => {
    const record = await play('prune-backups');
    expect(record.status).toBe('degraded');
    expect(record.attempts).toMatchObject([
      { runner: 'codex', status: 'answered' },
      {
        runner: 'gemini',
        failure: { kind: 'timed-out' },
        partialText: expect.stringContaining('robust script'),
      },
      { runner: 'claude-code', status: 'answered' },
    ]);
    expect(runnerOf(record, record.decision.chosen)).toBe('codex');
  });

  test('monthly-totals shows an answer that does not parse, and the other chosen', async () => {
    const record = await play('monthly-totals');
    expect(record.verdicts.map(({ status }) => status)).toEqual(['failed', 'passed']);
    expect(record.decision.rule).toBe('checks');
    expect(runnerOf(record, record.decision.chosen)).toBe('claude-code');
  });

  test('merge-ranges shows a wrong answer that parses, exposed by tests that models wrote', async () => {
    const record = await play('merge-ranges');
    const { evidence, verification, metadata } = resultOf(record);
    expect(metadata).toMatchObject({ chosen: 'codex', rule: 'score' });
    expect(verification.status).toBe('verified');
    expect(evidence?.separating).toMatchObject({
      input: 'mergeRanges([[1, 10], [2, 3]])',
      sides: [
        { models: ['codex'], outcome: '[[1, 10]]' },
        { models: ['claude-code'], outcome: '[[1, 3]]' },
      ],
    });
    expect(codesOf(record)).toEqual([]);
  });

  test('merge-ranges counts the wrong answer as lost, though it meets what the task shows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    const history = { keep: true, path: join(folder, 'history.db'), retentionDays: undefined };
    const app = openApp({ ...demoSettings(builtInSettings), history }, { env: readEnvironment() });
    const { text, mode } = findDemoTask('merge-ranges');
    await app.run(task(text, { mode }));
    const stats = await modelStats(await app.history(), {});
    await app.close();
    rmSync(folder, { recursive: true });
    const counts = stats.map(({ runner, won, lost, verified }) => [runner, won, lost, verified]);
    expect(counts).toEqual([
      ['claude-code', 0, 1, { won: 0, lost: 0 }],
      ['codex', 1, 0, { won: 1, lost: 0 }],
    ]);
  });

  test('round-cents shows a split that a judge leaves open, with the input that separates', async () => {
    const record = await play('round-cents');
    expect(record.settlement).toMatchObject({
      input: "roundToCents('12.345')",
      judgement: { status: 'open' },
    });
    expect(codesOf(record)).toEqual([
      'no_discriminating_test',
      'behaviour_split',
      'changes_requested',
    ]);
  });

  test('order-system shows agreements, contradictions and what only one saw', async () => {
    const record = await play('order-system');
    const { agreements, contradictions, unique } = record.decision.synthesis ?? {};
    expect(agreements?.some(({ seats }) => seats.length === 4)).toBe(true);
    expect(contradictions?.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['Deployment', 'Failover']),
    );
    expect(new Set(unique?.flatMap(({ seats }) => seats)).size).toBe(4);
    expect(record.attempts[0]).toMatchObject({ runner: 'grok', status: 'answered', tries: 2 });
  });

  test('contact-form shows answers of four files, and a retry after a rate limit', async () => {
    const record = await play('contact-form');
    expect(record.attempts[0]).toMatchObject({ runner: 'gemini', status: 'answered', tries: 2 });
    expect(
      record.candidates.map((candidate) => candidate.status === 'code' && candidate.files.length),
    ).toEqual([4, 4]);
    expect(record.verdicts.map(({ status }) => status)).toEqual(['passed', 'passed']);
  });
});
