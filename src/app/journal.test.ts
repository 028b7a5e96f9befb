import { expect, test } from 'vitest';
import type { HeldRun } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { task } from '../testing/builders.ts';
import { openJournal } from './journal.ts';
import { realClock } from './real-clock.ts';

const ended = { type: 'run-ended', status: 'failed' } as const;

async function endJournal(append: HeldRun['append']): Promise<readonly string[]> {
  const done: string[] = [];
  const run: HeldRun = {
    id: 'a',
    past: [{ type: 'run-started', task: task('Add'), atMs: 1 }],
    append,
    renew: async () => true,
    release: async () => {
      done.push('released');
    },
  };
  const tools = { clock: realClock, onNotice: (line: string) => done.push(line) };
  const journal = openJournal(run, tools);
  await journal.append(ended);
  await journal[Symbol.asyncDispose]();
  return done;
}

test('openJournal() gives back a run whose end could not be kept, so that it can be gone on with', async () => {
  const full = new OrchestratorError('bad-history', 'the disk is full');
  const done = await endJournal(() => Promise.reject(full));
  expect(done).toEqual(['The rest of run a is not kept: the disk is full', 'released']);
});

test('openJournal() gives back no run that has ended', async () => {
  expect(await endJournal(async () => undefined)).toEqual([]);
});
