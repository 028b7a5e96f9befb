import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { type Ended, openPlace, type Place } from './cli-process.ts';

const crashing = new URL('support/crash-at-commit.mjs', import.meta.url).href;
const task = ['Build a REST API endpoint', '--mode', 'medium', '--json'];

/** Starts the command so that it is killed at a commit, if it comes so far. */
const askUntil = (place: Place, crashAt: string): Promise<Ended> =>
  place.ask([...task, '--history', 'runs.db'], {
    env: { NODE_OPTIONS: `--import ${crashing}?${crashAt}` },
  });

/** What a request asked, by model and the beginning of the prompt. */
const asked = (place: Place): readonly string[] =>
  place.server.requests.map(({ body }) => {
    const { model, messages } = Object(body);
    return `${model} ${JSON.stringify(messages).length}`;
  });

/** Looks into the history, without changing it. */
function look<Result>(place: Place, read: (database: DatabaseSync) => Result): Result | undefined {
  const path = join(place.folder, 'runs.db');
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(path);
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** The types of the events in the history; none where its tables were not made yet. */
function kept(place: Place): readonly string[] {
  const read = (database: DatabaseSync) => {
    const tables = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'events'`).all();
    if (tables.length === 0) return [];
    return database.prepare(`SELECT body ->> 'type' AS type FROM events ORDER BY number`).all();
  };
  return look(place, read)?.map(({ type }) => String(type)) ?? [];
}

const isCall = (type: string): boolean => type.endsWith('-ended') && type !== 'run-ended';

function decisionOf({ stdout }: Ended): object {
  const { consensus_code, files, metadata, mode, category, validation } = JSON.parse(stdout);
  const { chosen, rule, status } = metadata;
  return { consensus_code, files, mode, category, validation, chosen, rule, status };
}

/** What an undisturbed run comes to, and how many calls and commits it takes. */
async function undisturbed() {
  await using place = await openPlace();
  const ended = await askUntil(place, '');
  expect(ended.status, ended.stderr).toBe(0);
  const events = kept(place);
  return { decision: decisionOf(ended), calls: asked(place).toSorted(), events };
}

async function crashAndResume(crashAt: string, whole: Awaited<ReturnType<typeof undisturbed>>) {
  await using place = await openPlace();
  const killed = await askUntil(place, crashAt);
  if (killed.status === 0) return 'ended before';
  const finished = kept(place).filter(isCall).length;
  const before = asked(place).length;
  const resumed = await place.ask([...task, '--resume', '--history', 'runs.db']);
  expect(resumed.status, resumed.stderr).toBe(0);
  expect(decisionOf(resumed)).toEqual(whole.decision);
  // What had been finished is not asked again; what was in flight is.
  expect(asked(place).length - before).toBe(whole.calls.length - finished);
  expect(new Set(asked(place))).toEqual(new Set(whole.calls));
  expect(kept(place).filter(isCall)).toHaveLength(whole.calls.length);
  expect(look(place, (database) => database.prepare('PRAGMA integrity_check').get())).toEqual({
    integrity_check: 'ok',
  });
  return 'resumed';
}

describe('a run that is killed', () => {
  test('ends as if nothing had been, and asks nothing twice, whichever commit it is killed at', async () => {
    const whole = await undisturbed();
    // Events that come together are committed together, so that there are no more commits than events.
    const points = whole.events.flatMap((_, index) => [
      `before=${index + 1}`,
      `after=${index + 1}`,
    ]);
    const results = new Map<string, string>();
    const workers = Array.from({ length: 3 }, async () => {
      for (let point = points.shift(); point !== undefined; point = points.shift()) {
        results.set(point, await crashAndResume(point, whole));
      }
    });
    await Promise.all(workers);
    const resumed = [...results.values()].filter((result) => result === 'resumed');
    expect(resumed.length).toBeGreaterThan(16);
  }, 300_000);
});
