import assert from 'node:assert/strict';
import {
  type Bound,
  type Entering,
  type Place,
  placeLeaseMs,
  type SharedLimits,
  waitMs,
  windowMs,
} from '../domain/shared-limits.ts';
import type { Processes } from './processes-on-place.ts';

/** Something that all shared limits do. */
export interface SharedLimitsCase {
  readonly title: string;
  /** Rejects where they do not. */
  readonly check: (use: Processes<SharedLimits>) => Promise<void>;
}

/** Everything that shared limits have to do, wherever they are kept. */
export const sharedLimitsCases: readonly SharedLimitsCase[] = [
  {
    title: 'lets in as many as may be under way, of all processes together',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const two = { concurrency: 2 };
      const first = await enter(a, two);
      await enter(b, two);
      assert.deepEqual(await a.enter(wish(two)), { status: 'full', key: 'k', retryMs: 0 });
      await first.leave(0);
      assert.equal((await enter(a, two)).held, 2);
    },
  },
  {
    title: 'never lets in more when many ask at once',
    check: async (use) => {
      const all = [await use.open('a'), await use.open('b'), await use.open('c')];
      const asked = all.flatMap((each) =>
        Array.from({ length: 10 }, () => each.enter(wish({ concurrency: 7 }))),
      );
      const enterings = await Promise.all(asked);
      const { length } = enterings.filter(({ status }) => status === 'entered');
      assert.ok(length > 0 && length <= 7, `${length} were let in`);
    },
  },
  {
    title: 'takes a place under all bounds or none',
    check: async (use) => {
      const a = await use.open('a');
      const [wide, narrow] = [bound({ concurrency: 5 }, 'wide'), bound({ concurrency: 1 }, 'thin')];
      const both = { bounds: [wide, narrow], tokens: 0 };
      const place = entered(await a.enter(both));
      assert.equal((await a.enter(both)).status, 'full');
      assert.equal(entered(await a.enter({ bounds: [wide], tokens: 0 })).held, 2);
      await place.leave(0);
      assert.equal(entered(await a.enter(both)).held, 2);
    },
  },
  {
    title: 'gives the places of a process free when it has ended',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      await enter(a, { concurrency: 1 });
      assert.equal((await b.enter(wish({ concurrency: 1 }))).status, 'full');
      use.kill('a');
      await enter(b, { concurrency: 1 });
    },
  },
  {
    title: 'gives a place free that was not renewed, and renews none that has lapsed',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const place = await enter(a, { concurrency: 1 });
      use.pass(placeLeaseMs - 1);
      await a.renew();
      use.pass(placeLeaseMs - 1);
      assert.equal((await b.enter(wish({ concurrency: 1 }))).status, 'full');
      use.pass(1);
      await a.renew();
      await enter(b, { concurrency: 1 });
      await place.leave(0);
      assert.equal((await a.enter(wish({ concurrency: 1 }))).status, 'full');
    },
  },
  {
    title: 'counts the requests of any minute, also those that have ended',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const limits = { requestsPerMinute: 2 };
      await (await enter(a, limits)).leave(0);
      use.pass(10_000);
      await (await enter(b, limits)).leave(0);
      const full = { status: 'full', key: 'k', retryMs: windowMs - 10_000 } as const;
      assert.deepEqual(await a.enter(wish(limits)), full);
      use.pass(windowMs - 10_001);
      assert.equal((await a.enter(wish(limits))).status, 'full');
      use.pass(1);
      await enter(a, limits);
      assert.equal((await a.enter(wish(limits))).status, 'full');
    },
  },
  {
    title:
      'counts the tokens of a minute as they were estimated, and as they were when a request has ended',
    check: async (use) => {
      const a = await use.open('a');
      const limits = { tokensPerMinute: 100 };
      const place = await enter(a, limits, 60);
      assert.equal((await a.enter(wish(limits, 60))).status, 'full');
      await place.leave(30);
      const second = await enter(a, limits, 60);
      await second.leave(90);
      assert.equal((await a.enter(wish(limits, 1))).status, 'full');
    },
  },
  {
    title: 'lets a request in that is above the tokens of a minute when nothing else is in it',
    check: async (use) => {
      const a = await use.open('a');
      const limits = { tokensPerMinute: 100 };
      await (await enter(a, limits, 500)).leave(500);
      assert.equal((await a.enter(wish(limits, 500))).status, 'full');
      use.pass(windowMs);
      await enter(a, limits, 500);
    },
  },
  {
    title: 'gives a place to the process that waits for longest',
    check: async (use) => {
      const [a, b, c] = [await use.open('a'), await use.open('b'), await use.open('c')];
      const one = { concurrency: 1 };
      const place = await enter(a, one);
      await b.enter(wish(one));
      use.pass(1);
      await c.enter(wish(one));
      await place.leave(0);
      for (const other of [a, c]) assert.equal((await other.enter(wish(one))).status, 'full');
      await (await enter(b, one)).leave(0);
      await enter(c, one);
    },
  },
  {
    title: 'waits for nobody who does not ask again, or has ended',
    check: async (use) => {
      const [a, b, c] = [await use.open('a'), await use.open('b'), await use.open('c')];
      const one = { concurrency: 1 };
      const place = await enter(a, one);
      await b.enter(wish(one));
      await place.leave(0);
      use.pass(waitMs);
      const next = await enter(a, one);
      await c.enter(wish(one));
      await next.leave(0);
      use.kill('c');
      await enter(a, one);
    },
  },
  {
    title: 'remembers what is changed for all, and forgets what says nothing',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      assert.deepEqual(await a.change('k', () => ({ quotaUntilMs: 7 })), { quotaUntilMs: 7 });
      assert.deepEqual([...(await b.standings())], [['k', { quotaUntilMs: 7 }]]);
      await b.change('k', (before) => ({ ...before, quotaUntilMs: undefined }));
      assert.equal((await a.standings()).size, 0);
    },
  },
  {
    title: 'loses no change of many that are made at once',
    check: async (use) => {
      const all = [await use.open('a'), await use.open('b')];
      const more = (each: SharedLimits) =>
        each.change('k', ({ failures }) => ({
          failures: { count: (failures?.count ?? 0) + 1, lastMs: 0 },
        }));
      await Promise.all(all.flatMap((each) => Array.from({ length: 10 }, () => more(each))));
      assert.equal((await all[0]?.standings())?.get('k')?.failures?.count, 20);
    },
  },
  {
    title: 'forgets every standing when it is told to, and says whose there were',
    check: async (use) => {
      const a = await use.open('a');
      assert.deepEqual(await a.forget(), []);
      await a.change('k', () => ({ pausedUntilMs: 1 }));
      assert.deepEqual(await (await use.open('b')).forget(), ['k']);
      assert.equal((await a.standings()).size, 0);
    },
  },
];

function bound(limits: Partial<Bound>, key = 'k'): Bound {
  const none = {
    concurrency: undefined,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
  };
  return { key, ...none, ...limits };
}

function wish(limits: Partial<Bound>, tokens = 0) {
  return { bounds: [bound(limits)], tokens };
}

async function enter(limits: SharedLimits, of: Partial<Bound>, tokens = 0): Promise<Place> {
  return entered(await limits.enter(wish(of, tokens)));
}

function entered(entering: Entering): Place {
  if (entering.status === 'entered') return entering.place;
  throw new Error(`it is full by ${entering.key}`);
}
