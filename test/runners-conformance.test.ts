import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { realClock } from '../src/app/real-clock.ts';
import type { Runner } from '../src/domain/runner.ts';
import type {
  CliRunnerSettings,
  CommonRunnerSettings,
  RunnerTools,
} from '../src/domain/runner-settings.ts';
import { aiSdk } from '../src/runners/ai-sdk/ai-sdk.ts';
import type { LanguageModelLike } from '../src/runners/ai-sdk/language-model.ts';
import { makeRunner } from '../src/runners/all.ts';
import { describeRunner } from '../src/testing/describe-runner.ts';
import type { FakeCliOptions } from '../src/testing/fake-cli/fake-cli.ts';
import { fakeCli } from '../src/testing/fake-cli/fake-cli.ts';
import { conformance, type RunnerScenario } from '../src/testing/runner-scenarios.ts';
import type { VendorReply } from '../src/testing/vendor-servers/vendor-reply.ts';
import {
  type VendorScript,
  type VendorServer,
  vendorServer,
} from '../src/testing/vendor-servers/vendor-server.ts';

const { answer, secret } = conformance;
const common: CommonRunnerSettings = {
  model: undefined,
  timeoutMs: undefined,
  stallMs: undefined,
  retries: undefined,
  concurrency: undefined,
  price: undefined,
  maxOutputTokens: undefined,
};

const started: VendorServer[] = [];
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runners-conformance-'));
});
afterAll(async () => {
  await Promise.all(started.map((server) => server.close()));
  await rm(folder, { recursive: true });
});

const toolsWith = (env: RunnerTools['env'] = {}): RunnerTools => ({ env, clock: realClock });

describe('over HTTP', () => {
  const replies: Readonly<Record<RunnerScenario, VendorReply | VendorScript>> = {
    answers: { text: answer, deltaLength: 5, writeBytes: 3 },
    echoes: ({ body }) => ({ text: longestString(body), deltaLength: 20_000 }),
    hangs: { text: answer, fault: 'hang-in-stream' },
    empty: { text: '' },
    breaks: { text: answer, fault: 'cut' },
    fails: { status: 401, message: `Incorrect API key provided: ${secret}` },
    unreachable: {},
  };

  async function serverFor(scenario: RunnerScenario): Promise<string> {
    const server = await vendorServer({ replies: replies[scenario] });
    started.push(server);
    if (scenario === 'unreachable') await server.close();
    return server.baseUrl;
  }

  for (const provider of ['anthropic', 'openai', 'google', 'xai'] as const) {
    describeRunner(
      `api, ${provider}`,
      async (scenario) => {
        const baseUrl = await serverFor(scenario);
        const own = {
          provider,
          model: 'some-model',
          apiKey: secret,
          apiKeyEnv: undefined,
          baseUrl,
        };
        return makeRunner(provider, { ...common, ...own, type: 'api' }, toolsWith());
      },
      { describe, test },
    );
  }

  describeRunner(
    'openai-compatible',
    async (scenario) => {
      const own = { model: 'some-model', apiKeyEnv: 'LOCAL_KEY', headers: {} };
      const baseUrl = await serverFor(scenario);
      return makeRunner(
        'local',
        { ...common, ...own, baseUrl, type: 'openai-compatible' },
        toolsWith({ LOCAL_KEY: secret }),
      );
    },
    { describe, test },
  );

  describeRunner(
    'grok, with a key',
    async (scenario) => {
      const own = { command: undefined, apiKey: secret, baseUrl: await serverFor(scenario) };
      return makeRunner('grok', { ...common, ...own, type: 'grok' }, toolsWith());
    },
    { describe, test },
  );
});

describe.skipIf(process.platform === 'win32')('over command lines', () => {
  const fakes: Readonly<Record<RunnerScenario, Omit<FakeCliOptions, 'vendor'>>> = {
    answers: { text: answer, does: 'split-characters' },
    echoes: { says: 'echo' },
    hangs: { does: 'hang' },
    empty: { says: 'empty' },
    breaks: { text: answer, does: 'die' },
    fails: { says: 'unauthorized', secret },
    unreachable: {},
  };

  async function programFor(
    vendor: FakeCliOptions['vendor'],
    scenario: RunnerScenario,
  ): Promise<string> {
    if (scenario === 'unreachable') return join(folder, 'no-such-program');
    return fakeCli(folder, { vendor, ...fakes[scenario] });
  }

  // Of the machine nothing but the way to its programs: no login, no key.
  // biome-ignore lint/style/noProcessEnv: The fakes are shell scripts and need a PATH.
  const env = (): RunnerTools['env'] => ({ PATH: process.env['PATH'], HOME: folder });

  for (const type of ['claude-code', 'codex', 'gemini', 'grok'] as const) {
    describeRunner(
      type,
      async (scenario) => {
        const program = await programFor(type, scenario);
        const own = { command: program, apiKey: secret, baseUrl: undefined };
        const settings: CliRunnerSettings = { ...common, ...own, type };
        return makeRunner(type, settings, toolsWith(env()));
      },
      { describe, test },
    );
  }

  for (const prompt of ['stdin', 'file'] as const) {
    describeRunner(
      `command, prompt by ${prompt}`,
      async (scenario) => {
        const program = await programFor('plain', scenario);
        const args = prompt === 'file' ? ['--prompt-file', '{prompt-file}'] : [];
        const own = { command: [program, ...args] as const, prompt, env: ['TOOL_KEY'] };
        const tools = toolsWith({ ...env(), TOOL_KEY: secret });
        return makeRunner('tool', { ...common, ...own, type: 'command' }, tools);
      },
      { describe, test },
    );
  }
});

describe('in this process', () => {
  const bodies: Readonly<Record<Exclude<RunnerScenario, 'unreachable'>, string>> = {
    answers: `return { text: ${JSON.stringify(answer)}, usage: { inputTokens: 1, outputTokens: null } };`,
    echoes: 'return prompt;',
    hangs: 'return new Promise(() => {});',
    empty: "return ' ';",
    breaks: "onText('Half an ans'); throw new Error('the socket closed');",
    fails: "throw new Error('401\\nthe key is not valid');",
  };

  describeRunner(
    'module',
    async (scenario) => {
      const path = join(folder, `${scenario}.mjs`);
      if (scenario !== 'unreachable') {
        const execute = `async execute(prompt, { onText }) { ${bodies[scenario]} }`;
        await writeFile(path, `export default class Model { name = 'own'; ${execute} }`);
      }
      const url = pathToFileURL(path).href;
      return makeRunner('own', { ...common, type: 'module', url }, toolsWith());
    },
    { describe, test },
  );

  const finish = { type: 'finish', finishReason: 'stop', usage: { inputTokens: 1 } };
  const delta = (text: string): object => ({ type: 'text-delta', id: '1', delta: text });
  const streams: Readonly<Record<RunnerScenario, (text: string) => Iterable<object>>> = {
    answers: () => [...[...answer].map(delta), finish],
    echoes: (text) => [delta(text), finish],
    hangs: () => [],
    empty: () => [finish],
    breaks: () => [delta('Half an ans')],
    fails: () => [{ type: 'error', error: new Error(`401: the key ${secret} is not valid`) }],
    unreachable: () => {
      throw new TypeError('fetch failed');
    },
  };

  function languageModel(scenario: RunnerScenario): LanguageModelLike {
    return {
      specificationVersion: 'v3',
      provider: 'own',
      modelId: 'own-1',
      doStream: async ({ prompt }) => {
        if (scenario === 'hangs') return { stream: new ReadableStream() };
        return { stream: ReadableStream.from(streams[scenario](longestString(prompt))) };
      },
    };
  }

  describeRunner(
    'ai-sdk',
    (scenario): Runner => aiSdk('own', languageModel(scenario), { secrets: [secret] }),
    { describe, test },
  );
});

/** The prompt's text is the longest text that a request holds; the system prompt of the suite is shorter. */
function longestString(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value)
    .map(longestString)
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
