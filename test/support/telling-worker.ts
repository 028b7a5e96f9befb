// A worker in a process of its own, which tells what it performs: telling-worker.ts URL PREFIX LOCK_MS
import { realClock } from '../../src/app/real-clock.ts';
import { bullmqEngine } from '../../src/engines/bullmq/bullmq-engine.ts';
import { tellingPerform } from '../../src/testing/engine-work.ts';

const [url = '', prefix = '', lockMs = ''] = process.argv.slice(2);
const engine = await bullmqEngine({
  url: new URL(url),
  prefix,
  lockMs: Number(lockMs),
  clock: realClock,
  onNotice: (line) => process.stderr.write(`${line}\n`),
});
await engine.work(tellingPerform(process.stdout), { concurrency: 1 });
