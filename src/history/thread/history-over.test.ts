import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { HistoryTools } from '../../domain/history.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { describeHistory } from '../../testing/describe-history.ts';
import { describeLedger } from '../../testing/describe-ledger.ts';
import type { LocalHistory } from '../local-history.ts';
import { sqliteHistory } from '../sqlite/sqlite-history.ts';
import { historyOver } from './history-over.ts';
import { serveHistory } from './serve-history.ts';

/** Histories whose calls cross a channel, as they do between two threads, in one folder. */
class OtherEnds implements AsyncDisposable {
  readonly #folder: string;
  readonly #ports: MessagePort[] = [];
  readonly #stores: LocalHistory[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(tools: HistoryTools): Promise<LocalHistory> {
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    serveHistory(port2, () => sqliteHistory(join(this.#folder, 'history.db'), tools));
    const { store, opened } = historyOver(port1);
    await opened;
    this.#stores.push(store);
    return store;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#stores) await store.close().catch(() => undefined);
    for (const port of this.#ports) port.close();
    await rm(this.#folder, { recursive: true });
  }
}

async function otherEnds(): Promise<OtherEnds> {
  return new OtherEnds(await mkdtemp(join(tmpdir(), 'history-')));
}

describeHistory('historyOver()', otherEnds, { describe, test });

describeLedger(
  'historyOver()',
  async () => {
    const ends = await otherEnds();
    return {
      open: async (tools) => (await ends.open(tools)).ledger,
      [Symbol.asyncDispose]: () => ends[Symbol.asyncDispose](),
    };
  },
  { describe, test },
);

test('historyOver() tells why the other thread could not open the history, with its code and hint', async () => {
  const { port1, port2 } = new MessageChannel();
  const mistake = new OrchestratorError('bad-history', 'Cannot use it', { hint: 'Do that' });
  serveHistory(port2, () => {
    throw mistake;
  });
  const { opened } = historyOver(port1);
  await expect(opened).rejects.toThrow(mistake);
  await expect(opened).rejects.toMatchObject({ code: 'bad-history', hint: 'Do that' });
  port1.close();
});

test('historyOver() rejects what waits, and what comes later, once it has failed', async () => {
  const { port1 } = new MessageChannel();
  const { store, opened, fail } = historyOver(port1);
  const waiting = store.events('a');
  const ended = new Error('its thread ended');
  fail(ended);
  fail(new Error('and its port'));
  await expect(opened).rejects.toBe(ended);
  await expect(waiting).rejects.toBe(ended);
  await expect(store.list({})).rejects.toBe(ended);
  port1.close();
});
