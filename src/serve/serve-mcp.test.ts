import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openApp } from '../app/app.ts';
import { realClock } from '../app/real-clock.ts';
import { builtInSettings } from '../config/defaults.ts';
import { hangs, scriptedRunner } from '../testing/scripted-runner.ts';
import { serveMcp } from './serve-mcp.ts';

const clientInfo = { name: 'test', version: '0' };
const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
const asking = { task: 'Write add', models: ['a'], merge: 'never' };
const call = { name: 'run_task', arguments: asking, _meta: { progressToken: 1 } };

test.each(['closes its stream', 'no longer reads'])(
  'serveMcp() leaves a run to be resumed when its client %s',
  async (how) => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-'));
    const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
    const settings = { ...builtInSettings, runners: {}, history, sandbox: 'none' as const };
    const app = openApp(settings, { env: {}, runners: { a: scriptedRunner('a', [hangs()]) } });
    const input = new PassThrough();
    const output = new PassThrough();
    const say = (message: object): unknown =>
      input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const serving = serveMcp(
      { app, clock: realClock, version: '0', refusal: undefined, input, output, onError: () => {} },
      new AbortController().signal,
    );
    say({ id: 1, method: 'initialize', params: hello });
    say({ method: 'notifications/initialized' });
    say({ id: 2, method: 'tools/call', params: call });
    const lines = createInterface(output).on('error', () => undefined);
    let line = '';
    while (!line.includes('asked')) [line] = await once(lines, 'line');
    if (how === 'closes its stream') input.end();
    else output.emit('error', new Error('EPIPE'));
    await serving;
    const [run] = await (await app.history()).list({});
    expect(run?.state).toBe('interrupted');
    await app.close();
    rmSync(folder, { recursive: true });
  },
);
