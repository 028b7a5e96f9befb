import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openApp } from '../app/app.ts';
import { realClock } from '../app/real-clock.ts';
import { builtInSettings } from '../config/defaults.ts';
import type { Runner } from '../domain/runner.ts';
import { task } from '../testing/builders.ts';
import { type RunHub, runHub } from './run-hub.ts';
import type { Told } from './told.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});
const never = new AbortController().signal;

/** A runner that writes when it is told to. */
function writer(name: string) {
  const asked = Promise.withResolvers<Parameters<Runner['ask']>[1]>();
  const done = Promise.withResolvers<void>();
  const runner: Runner = {
    name,
    streaming: true,
    available: async () => ({ status: 'available', where: 'here' }),
    ask: async (_prompt, context) => {
      asked.resolve(context);
      context.signal.addEventListener('abort', () => done.resolve());
      await done.promise;
      return { status: 'answered', text: '```js\nexport const a = 1;\n```' };
    },
  };
  return { runner, asked: asked.promise, done };
}

function open(runners: Readonly<Record<string, Runner>>) {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const settings = { ...builtInSettings, runners: {}, history, sandbox: 'none' as const };
  const app = openApp(settings, { env: {}, runners });
  undo.push(() => app.close());
  return (nonce: string, onLost?: (error: unknown) => void): RunHub =>
    runHub({ app, clock: realClock, nonce, onLost });
}

const asking = (models: readonly string[]) =>
  task('Write a constant a', { models, selection: { merge: 'never' } });

type Telling = AsyncGenerator<readonly Told[]>;

async function all(told: Telling): Promise<readonly Told[]> {
  return until(told, () => false);
}

/** Reads until something is told, and what came together with it. */
async function until(told: Telling, isIt: (each: Told) => boolean) {
  const seen: Told[] = [];
  for (;;) {
    const { value, done } = await told.next();
    if (done) return seen;
    seen.push(...value);
    if (value.some(isIt)) return seen;
  }
}

const types = (told: readonly Told[]) =>
  told.map((each) => (each.type === 'event' ? each.event.type : each.type));

test('follow() tells a run from its beginning to whoever comes late, and its end', async () => {
  const a = writer('a');
  const hub = open({ a: a.runner })('n');
  const { id, record } = await hub.start(asking(['a']));
  const context = await a.asked;
  context.report({ type: 'text', text: 'Hel' });
  const early = hub.follow(id, undefined, never);
  const seen = await until(early, ({ type }) => type === 'text');
  expect(seen.find(({ type }) => type === 'text')).toEqual({
    type: 'text',
    seat: 'primary-1',
    turn: 1,
    from: 0,
    text: 'Hel',
  });
  context.report({ type: 'text', text: 'lo' });
  a.done.resolve();
  await record;
  const rest = await all(early);
  expect(rest.find(({ type }) => type === 'text')).toMatchObject({ from: 3, text: 'lo' });
  expect(types(rest).slice(-2)).toEqual(['run-ended', 'end']);
  const late = types(await all(hub.follow(id, undefined, never)));
  expect(late[0]).toBe('run-started');
  expect(late.slice(-2)).toEqual(['run-ended', 'end']);
});

test('follow() goes on behind the place that it is given, and begins anew for one that it does not know', async () => {
  const a = writer('a');
  const make = open({ a: a.runner });
  const hub = make('n');
  const { id, record } = await hub.start(asking(['a']));
  const context = await a.asked;
  context.report({ type: 'activity', doing: 'thinking' });
  const first = await until(
    hub.follow(id, undefined, never),
    (each) => each.type === 'event' && each.event.type === 'progress-made',
  );
  const place = first.flatMap((each) => (each.type === 'event' ? [each.id] : [])).at(-1);
  context.report({ type: 'text', text: 'x' });
  const [next] = await until(hub.follow(id, place, never), () => true);
  expect(next).toMatchObject({ type: 'text', text: 'x' });
  expect(types(await until(hub.follow(id, 'old-7', never), (_) => true))).toEqual(['reset']);
  a.done.resolve();
  await record;
  const stored = await all(hub.follow(id, undefined, never));
  const last = stored.flatMap((each) => (each.type === 'event' ? [each.id] : [])).at(-2);
  expect(types(await all(make('other').follow(id, last, never)))).toEqual(['run-ended', 'end']);
});

test('cancel() ends one seat and leaves the others', async () => {
  const [a, b] = [writer('a'), hangingOnce()];
  const hub = open({ a: a.runner, b: { ...writer('b').runner, ask: b.ask } })('n');
  const { id, record } = await hub.start(asking(['a', 'b']));
  await Promise.all([a.asked, b.asked]);
  expect(hub.cancel(id, 'primary-9')).toBe('not-asked');
  expect(hub.cancel(id, 'primary-2')).toBe('cancelled');
  a.done.resolve();
  const { attempts, status } = await record;
  expect(attempts.map((each) => each.status)).toEqual(['answered', 'failed']);
  expect(attempts[1]).toMatchObject({ failure: { kind: 'cancelled' } });
  expect(status).toBe('degraded');
  expect(hub.cancel(id)).toBe('not-here');
});

test('close() takes no more runs and leaves those that go on when its time is over', async () => {
  const { ask, asked } = hangingOnce();
  const make = open({ a: { ...writer('a').runner, ask } });
  const lost: unknown[] = [];
  const hub = make('n', (error) => lost.push(error));
  const { id, record } = await hub.start(asking(['a']));
  const watched = all(hub.follow(id, undefined, never));
  await asked;
  const late = new AbortController();
  const closed = hub.close(late.signal);
  await expect(hub.start(asking(['a']))).rejects.toMatchObject({ code: 'busy' });
  late.abort();
  await closed;
  await expect(record).rejects.toMatchObject({ code: 'cancelled' });
  expect(lost).toEqual([]);
  expect(types(await watched)).not.toContain('run-ended');
  expect((await (await make('later').resume(id)).record).status).toBe('complete');
});

test('resume() keeps to the limits that a run was begun with', async () => {
  const asked = Promise.withResolvers<void>();
  const failure = { kind: 'overloaded', message: 'Busy' } as const;
  let count = 0;
  const ask: Runner['ask'] = async (prompt, context) => {
    count += 1;
    asked.resolve();
    return count === 1 ? hanging(prompt, context) : { status: 'failed', failure };
  };
  const make = open({ a: { ...writer('a').runner, ask } });
  const hub = make('n');
  const { id, record } = await hub.start(asking(['a']), { limits: { retries: 0 } });
  await asked.promise;
  await hub.close(AbortSignal.abort());
  await expect(record).rejects.toMatchObject({ code: 'cancelled' });
  const later = make('later');
  const { attempts } = await (await later.resume(id)).record;
  // The settings would ask once more.
  expect(attempts).toMatchObject([{ status: 'failed', tries: 1, failure }]);
  const told = await all(later.follow(id, undefined, never));
  const kept = told.flatMap((each) => (each.type === 'event' ? [each.event] : []));
  expect(kept.filter((event) => 'limits' in event)).toMatchObject([
    { type: 'run-started', limits: { retries: 0 } },
    { type: 'run-resumed', limits: { retries: 0 } },
  ]);
});

test('close() leaves a run that was still beginning, and waits for it', async () => {
  const looking = Promise.withResolvers<void>();
  const found = Promise.withResolvers<Awaited<ReturnType<Runner['available']>>>();
  const available: Runner['available'] = () => {
    looking.resolve();
    return found.promise;
  };
  const a = writer('a');
  a.done.resolve();
  const make = open({ a: { ...a.runner, available } });
  const hub = make('n');
  const started = hub.start(asking(['a']), { budget: { tokens: 1_000_000 } });
  await looking.promise;
  let isClosed = false;
  const closed = hub.close(AbortSignal.abort()).then(() => {
    isClosed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isClosed).toBe(false);
  found.resolve({ status: 'available', where: 'here' });
  const { id, record } = await started;
  await expect(record).rejects.toMatchObject({ code: 'cancelled' });
  await closed;
  expect(hub.count()).toBe(0);
  expect((await (await make('later').resume(id)).record).status).toBe('complete');
});

test('follow() tells the end of a run that ends elsewhere between two looks at the history', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const app = openApp({ ...builtInSettings, history }, { env: {} });
  undo.push(() => app.close());
  const store = await app.history();
  const held = await store.begin({ type: 'run-started', task: asking(['a']), atMs: 1000 });
  const events: typeof store.events = async (id) => {
    const before = await store.events(id);
    if (before?.length === 1) {
      await held.append({ type: 'run-ended', status: 'complete', atMs: 2000 });
      await held.release();
    }
    return before;
  };
  const between = { ...app, history: async () => ({ ...store, events }) };
  const hub = runHub({ app: between, clock: realClock, nonce: 'n' });
  const told = types(await all(hub.follow(held.id, undefined, never)));
  expect(told).toEqual(['run-started', 'run-ended', 'end']);
});

test('close() ends a run for good that was cancelled before', async () => {
  const hub = open({ a: { ...writer('a').runner, ask: hanging } })('n');
  const { id, record } = await hub.start(asking(['a']));
  hub.cancel(id);
  await hub.close(AbortSignal.abort());
  expect((await record).status).toBe('cancelled');
});

/** Waits for the abort the first time, and answers afterwards. */
function hangingOnce() {
  const asked = Promise.withResolvers<void>();
  let count = 0;
  const ask: Runner['ask'] = async (prompt, context) => {
    count += 1;
    asked.resolve();
    if (count === 1) return hanging(prompt, context);
    return { status: 'answered', text: '```js\nexport const a = 1;\n```' };
  };
  return { ask, asked: asked.promise };
}

const hanging: Runner['ask'] = (_prompt, { signal }) =>
  new Promise((resolve) => {
    const end = () =>
      resolve({ status: 'failed', failure: { kind: 'cancelled', message: 'Cancelled' } });
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });

test('runHub() tells of a run that began and could not be kept, or brought to its end', async () => {
  const over = Promise.withResolvers<never>();
  const app = openApp(builtInSettings, { env: {} });
  undo.push(() => app.close());
  const run: typeof app.run = async (_, options) => {
    options?.onBegin?.('r1');
    options?.onUnkept?.('The rest is not kept');
    return over.promise;
  };
  const lost: unknown[] = [];
  const onLost = (...told: unknown[]): unknown => lost.push(told);
  const hub = runHub({ app: { ...app, run }, clock: realClock, nonce: 'n', onLost });
  const { record } = await hub.start(asking(['a']));
  const full = new Error('disk full');
  over.reject(full);
  await expect(record).rejects.toBe(full);
  const unkept = expect.objectContaining({ code: 'bad-history' });
  expect(lost).toEqual([
    [unkept, 'r1'],
    [full, 'r1'],
  ]);
});
