import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { dummyKey, folder, programPath } from './environment.ts';
import { type ToolDialect, toolCallingServer } from './tool-calling-server.ts';
import { claudeTools, codexTools, geminiTools } from './tool-dialects.ts';
import { vendors } from './vendors.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const recordings = fileURLToPath(new URL('../recordings/demo.json', import.meta.url));

let home: string;
afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

/** Makes a home, with the command line of our server in it. */
function ownCommand(): readonly string[] {
  home = mkdtempSync(join(folder, 'mcp-'));
  mkdirSync(join(home, 'tmp'));
  mkdirSync(join(home, 'work'));
  const config = join(home, 'config.json');
  const runners = { codex: { type: 'replay', path: recordings, as: 'codex' } };
  writeFileSync(config, JSON.stringify({ runners }));
  return [process.execPath, main, 'mcp', '--config', config, '--history', join(home, 'h.db')];
}

interface Client {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface ClientCase {
  readonly dialect: ToolDialect;
  readonly start: (url: string, own: readonly string[]) => Client;
}

const toml = (value: unknown): string => JSON.stringify(value);

const clients: Readonly<Record<string, ClientCase>> = {
  'claude-code': {
    dialect: claudeTools,
    start: (url, [command, ...args]) => {
      const path = join(home, 'mcp.json');
      writeFileSync(path, JSON.stringify({ mcpServers: { orchestrator: { command, args } } }));
      return {
        args: [
          ...['-p', '--mcp-config', path, '--strict-mcp-config', '--setting-sources', ''],
          ...['--allowedTools', 'mcp__orchestrator__list_models', '--no-session-persistence'],
        ],
        env: {
          ANTHROPIC_BASE_URL: url,
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
          DISABLE_AUTOUPDATER: '1',
          DISABLE_TELEMETRY: '1',
          CLAUDE_CODE_MAX_RETRIES: '0',
          ENABLE_TOOL_SEARCH: 'false',
        },
      };
    },
  },
  codex: {
    dialect: codexTools,
    start: (url, [command, ...args]) => {
      const provider = `{name="Own",base_url=${toml(`${url}/v1`)},wire_api="responses",env_key="CODEX_API_KEY",supports_websockets=false,request_max_retries=0,stream_max_retries=0}`;
      const config = [
        'analytics.enabled=false',
        'model_provider="own"',
        `model_providers.own=${provider}`,
        `mcp_servers.orchestrator.command=${toml(command)}`,
        `mcp_servers.orchestrator.args=${toml(args)}`,
        // Else it may ask its model before our server has told its tools.
        'mcp_servers.orchestrator.required=true',
        'mcp_servers.orchestrator.startup_timeout_sec=30',
        'mcp_servers.orchestrator.default_tools_approval_mode="approve"',
      ];
      return {
        args: [
          ...['exec', '--ephemeral', '--skip-git-repo-check', '-s', 'read-only', '-m', 'gpt-5.1'],
          ...config.flatMap((line) => ['-c', line]),
          '-',
        ],
      };
    },
  },
  gemini: {
    dialect: geminiTools,
    start: (url, [command, ...args]) => {
      const settings = {
        security: { auth: { selectedType: 'gemini-api-key' } },
        privacy: { usageStatisticsEnabled: false },
        general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
        mcpServers: { orchestrator: { command, args, trust: true } },
      };
      mkdirSync(join(home, '.gemini'));
      writeFileSync(join(home, '.gemini/settings.json'), JSON.stringify(settings));
      return {
        args: ['-m', 'gemini-2.5-flash', '--approval-mode', 'yolo'],
        env: {
          GEMINI_CLI_TRUST_WORKSPACE: 'true',
          GEMINI_CLI_NO_RELAUNCH: 'true',
          GOOGLE_GEMINI_BASE_URL: url,
          NO_COLOR: '1',
          TERM: 'xterm-256color',
        },
      };
    },
  },
};

test.each(Object.keys(clients))('%s calls a tool of orchestrator mcp', async (type) => {
  const vendor = vendors.find((each) => each.type === type);
  const { dialect, start } = clients[type] ?? {};
  if (!vendor || !dialect || !start) throw new Error(`no client of ${type}`);
  const own = ownCommand();
  await using server = await toolCallingServer('list_models', dialect);
  const { args, env } = start(server.url, own);
  const child = spawn(vendor.program, args, {
    cwd: join(home, 'work'),
    env: {
      HOME: home,
      TMPDIR: join(home, 'tmp'),
      PATH: `${dirname(process.execPath)}:${programPath}`,
      [vendor.keyVariable]: dummyKey,
      ...env,
    },
  });
  child.stdin.end('Which models can be asked? Use the tool.');
  const [said, warned] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(server.results[0] ?? warned).toContain('recordings/demo.json');
  expect(said).toContain('It is done');
});
