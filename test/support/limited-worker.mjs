// Asks the server of the first argument without end, ten at once, as one of several processes that share the
// limits of the file of the second; says `ready` when it has asked once. The first line of its input ends it.
import { once } from 'node:events';
import { realClock } from '../../src/app/real-clock.ts';
import { isGone, thisHolder } from '../../src/history/holder.ts';
import { limiter } from '../../src/limits/limiter.ts';
import { sqliteLimits } from '../../src/limits/sqlite/sqlite-limits.ts';

const [url, path, concurrency] = process.argv.slice(2);
const tools = { now: realClock.now, holder: thisHolder(), isGone };
const shared = sqliteLimits(path, tools);
const bound = { concurrency: Number(concurrency) };
const bounds = [
  { key: 'provider p', requestsPerMinute: undefined, tokensPerMinute: undefined, ...bound },
];
const admission = limiter(shared, realClock).admission({
  runner: 'runner a',
  group: 'provider p',
  bounds,
});
const stop = new AbortController();

async function askOn() {
  while (!stop.signal.aborted) {
    const admitted = await admission.admit({ runner: 'a', promptLength: 1 }, stop.signal);
    if (admitted.status === 'refused') return;
    await (await fetch(url, { headers: { worker: String(process.pid) } })).text();
    await admitted.permit.close({ status: 'answered', text: 'x' }, null);
    process.send?.('asked');
  }
}

const asking = Array.from({ length: 10 }, askOn);
await once(process, 'message');
stop.abort();
await Promise.all(asking);
await shared.close();
process.disconnect?.();
