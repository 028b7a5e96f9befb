import { openApp } from '../src/app/app.ts';
import { realClock } from '../src/app/real-clock.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import { startServer } from '../src/serve/start-server.ts';
import { models, settingsOf } from './orchestration-fans.ts';

/** What a server of the bench holds and has spent. */
export interface ServerFigures {
  readonly rssBytes: number;
  readonly cpuMs: number;
  /** After a collection; undefined where none was asked for, as the runs that follow one are slower. */
  readonly heapBytes: number | undefined;
}

/** Asks for the figures, after a collection or as they are. */
export type FiguresWish = 'collected' | 'as they are';

const [origin = '', path = ''] = process.argv.slice(2);
const app = openApp(
  {
    ...builtInSettings,
    defaultModels: models,
    runners: Object.fromEntries(
      models.map((model) => [model, settingsOf(origin, 'answer', model)]),
    ),
    localServers: {},
    history: { keep: true, path, retentionDays: undefined },
    sandbox: 'none',
  },
  { env: {}, isServer: true },
);
const server = await startServer(
  { app, clock: realClock },
  {
    host: '127.0.0.1',
    port: 0,
    token: undefined,
    allowHosts: [],
    version: '0',
    rate: Number.MAX_SAFE_INTEGER,
  },
);
process.on('message', async (wish: FiguresWish) => process.send?.(await figures(wish)));
process.once('disconnect', async () => {
  await server.close(AbortSignal.abort());
  await app.close();
});
process.send?.(server.url);

async function figures(wish: FiguresWish): Promise<ServerFigures> {
  const { system, user } = process.cpuUsage();
  if (wish === 'collected') await collect();
  const { heapUsed, rss } = process.memoryUsage();
  const heapBytes = wish === 'collected' ? heapUsed : undefined;
  return { rssBytes: rss, heapBytes, cpuMs: (system + user) / 1000 };
}

/** What is only held weakly is freed by the collection after the one that finds it. */
async function collect(): Promise<void> {
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
