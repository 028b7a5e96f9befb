import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlace } from './cli-process.ts';

const here = ['--history', 'runs.db'];
const ask = ['Add two numbers', '--models', 'codex', '--retries', '0', ...here];
const headers = { 'retry-after': '7200' };
const exhausted = { status: 429, code: 'insufficient_quota', headers } as const;

describe.concurrent('orchestrator limits', () => {
  test('keeps a later process from asking who has no quota, shows it, and forgets it', async () => {
    await using place = await openPlace({ codex: exhausted });
    await place.ask(ask);
    const asked = place.server.requests.length;
    const refused = await place.ask(ask);
    expect(place.server.requests).toHaveLength(asked);
    expect(refused.stderr).toContain('Quota exhausted until');
    const shown = await place.run(['limits', '--config', place.config, ...here]);
    expect(shown.stdout).toContain('quota exhausted');
    expect(shown.stdout).not.toContain('grok');
    const json = await place.run(['limits', '--json', '--config', place.config, ...here]);
    expect(json.stdout).toMatch(/}\n$/);
    expect(JSON.parse(json.stdout).models).toMatchObject([
      { name: 'codex', available: true, refusal: expect.stringContaining('Quota exhausted until') },
    ]);
    const reset = await place.run(['limits', '--reset', '--config', place.config, ...here]);
    expect(reset.stderr).toBe('Forgot codex\n');
    expect((await place.ask(ask)).status).toBe(0);
    const none = await place.run(['limits', '--config', place.config, ...here]);
    expect(none.stdout).toBe('All models that can be asked are asked\n');
  });

  test('leave no file behind where there is nothing to remember', async () => {
    await using place = await openPlace();
    expect((await place.ask(ask)).status).toBe(0);
    expect(existsSync(join(place.folder, 'limits.db'))).toBe(false);
  });

  test('are beside the history where they are configured, and hold across processes', async () => {
    await using place = await openPlace();
    const { baseUrl: baseURL } = place.server;
    const codex = { type: 'openai-compatible', baseURL, model: 'codex', requestsPerMinute: 1 };
    const limited = { runners: { codex }, localServers: false };
    place.write('limited.json', JSON.stringify(limited));
    place.write('short.json', JSON.stringify({ ...limited, runTimeout: 1 }));
    expect((await place.run(['--config', 'limited.json', ...ask])).status).toBe(0);
    const late = await place.run(['--config', 'short.json', ...ask]);
    expect(late.stderr).toContain('before it came to its turn');
    expect(place.server.requests).toHaveLength(1);
    expect(existsSync(join(place.folder, 'limits.db'))).toBe(true);
  });
});
