import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, expect, test } from 'vitest';
import { openApp } from '../../app/app.ts';
import { demoTasks } from '../../app/demo.ts';
import { realClock } from '../../app/real-clock.ts';
import { builtInSettings } from '../../config/defaults.ts';
import { answers, hangs, type Script, scriptedRunner } from '../../testing/scripted-runner.ts';
import { startServer } from '../start-server.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

const code = answers('```js\nexport const add = (a, b) => a + b;\n```');
const asking = { task: 'Write add', models: ['a'], merge: 'never' };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'mcp-'));
  undo.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A client of a server whose runner follows a script. */
async function connect(script: Script, token?: string, era: 'auto' | 'legacy' = 'legacy') {
  const history = { keep: true, path: join(folder(), 'h.db'), retentionDays: undefined };
  const settings = { ...builtInSettings, runners: {}, history, sandbox: 'none' as const };
  const app = openApp(settings, { env: {}, runners: { a: scriptedRunner('a', script) } });
  undo.push(() => app.close());
  const server = await startServer(
    { app, clock: realClock },
    { host: '127.0.0.1', port: 0, token, allowHosts: [], version: '0' },
  );
  undo.push(() => server.close(AbortSignal.abort()));
  const client = new Client({ name: 'test', version: '0' }, { versionNegotiation: { mode: era } });
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const url = new URL(`${server.url}/mcp`);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  undo.push(() => client.close());
  return { client, server };
}

test('the tools run a task with progress and give it again by its id', async () => {
  const { client } = await connect([code]);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'run_task',
    'get_run',
    'route_task',
    'list_models',
  ]);
  const lines: (string | undefined)[] = [];
  const ran = await client.callTool(
    { name: 'run_task', arguments: asking },
    { onprogress: ({ message }) => lines.push(message) },
  );
  expect(ran.structuredContent).toMatchObject({ status: 'complete', chosen: 'a', next: null });
  const { run_id: id, answer } = ran.structuredContent as Record<string, string>;
  expect(answer).toContain('export const add');
  expect(lines[0]).toBe(`${id}: run ${id}`);
  expect(lines.join('\n')).toContain('a  answered');
  const again = await client.callTool({ name: 'get_run', arguments: { run_id: id } });
  expect(again.structuredContent).toEqual(ran.structuredContent);
});

test('a call that waits no longer than its run is picked up by the id', async () => {
  const { client, server } = await connect([hangs('half')]);
  const given = { ...asking, wait_seconds: 0 };
  const ran = await client.callTool({ name: 'run_task', arguments: given });
  const { run_id: id, status } = ran.structuredContent as { run_id: string; status: string };
  expect(status).toBe('running');
  const waiting = client.callTool({
    name: 'get_run',
    arguments: { run_id: id, wait_seconds: 60 },
  });
  await expect.poll(() => server.hub.cancel(id)).toBe('cancelled');
  expect((await waiting).structuredContent).toMatchObject({ run_id: id, status: 'cancelled' });
});

test.each(['legacy', 'auto'] as const)(
  'a cancelled call of a %s client ends its run',
  async (era) => {
    const { client, server } = await connect([hangs('half')], undefined, era);
    const gone = new AbortController();
    const asked = Promise.withResolvers<void>();
    const running = client.callTool(
      { name: 'run_task', arguments: asking },
      { signal: gone.signal, onprogress: () => asked.resolve() },
    );
    await asked.promise;
    gone.abort();
    await expect(running).rejects.toThrow();
    await expect.poll(() => server.hub.count()).toBe(0);
  },
);

test.each([
  ['an unknown model', 'run_task', { task: 'x', models: ['nobody'] }, /Cannot .*nobody/],
  ['an unknown run', 'get_run', { run_id: 'nothing' }, /Cannot find run/],
  ['an unknown argument', 'run_task', { ...asking, sandbox: 'none' }, /sandbox/],
])('a tool tells the model about %s', async (_, name, given, message) => {
  const { client } = await connect([code]);
  const { isError, content } = await client.callTool({ name, arguments: given });
  expect(isError).toBe(true);
  expect(JSON.stringify(content)).toMatch(message);
});

test('the tools ask for the token of the server', async () => {
  const { client } = await connect([code], 'secret');
  const { structuredContent } = await client.callTool({ name: 'list_models', arguments: {} });
  expect(structuredContent).toMatchObject({ models: [{ name: 'a', available: true }] });
});

/** A client of the real command, on its streams. */
async function connectCommand(env: Record<string, string> = {}) {
  const home = folder();
  const path = new URL('../../../recordings/demo.json', import.meta.url).pathname;
  const names = ['claude-code', 'codex', 'gemini', 'grok'];
  const runners = Object.fromEntries(
    names.map((name) => [name, { type: 'replay', path, as: name }]),
  );
  const config = join(home, 'config.json');
  writeFileSync(config, JSON.stringify({ runners }));
  const main = new URL('../../cli/main.ts', import.meta.url).pathname;
  const args = [main, 'mcp', '--config', config, '--history', join(home, 'h.db')];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    env: { PATH: '/usr/bin:/bin', HOME: home, ...env },
    stderr: 'inherit',
  });
  const client = new Client({ name: 'test', version: '0' });
  await client.connect(transport);
  undo.push(() => client.close());
  return client;
}

test('orchestrator mcp serves the tools on its streams', { timeout: 60_000 }, async () => {
  const client = await connectCommand();
  const [first] = demoTasks();
  const given = { task: first?.text, mode: first?.mode };
  const { structuredContent } = await client.callTool({ name: 'run_task', arguments: given });
  expect(structuredContent).toMatchObject({ answer: expect.any(String) });
});

test('orchestrator mcp begins no run inside of a run, and says so', {
  timeout: 60_000,
}, async () => {
  const client = await connectCommand({ ORCHESTRATOR_DEPTH: '1' });
  const { isError, content } = await client.callTool({
    name: 'run_task',
    arguments: { task: 'x' },
  });
  expect(isError).toBe(true);
  expect(JSON.stringify(content)).toContain('inside of a run');
});
