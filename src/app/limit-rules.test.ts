import { describe, expect, test } from 'vitest';
import type { ConfigFile } from '../config/config-file.ts';
import { builtInSettings } from '../config/defaults.ts';
import { settingsFrom } from '../config/settings-from.ts';
import { limitRules } from './limit-rules.ts';

const rulesOf = (config: ConfigFile, env: Readonly<Record<string, string>> = {}) =>
  limitRules(settingsFrom(config, builtInSettings, '/'), env);
const server = (baseURL: string, more: object = {}) =>
  ({ type: 'openai-compatible', baseURL, model: 'm', ...more }) as const;

describe('limitRules()', () => {
  test.each([
    ['codex', {}, 'provider openai'],
    ['claude-code', {}, 'provider anthropic'],
    ['a', { type: 'api', provider: 'xai', model: 'm' }, 'provider xai'],
    ['a', server('https://models.example.com:8443/v1'), 'provider models.example.com:8443'],
    ['a', server('http://localhost:11434/v1'), 'provider 127.0.0.1:11434'],
    ['a', server('https://gateway.example.com/v1', { provider: 'openai' }), 'provider openai'],
    ['ollama:qwen', {}, 'provider 127.0.0.1:11434'],
  ] as const)('puts %s with %j under %s', (name, entry, group) => {
    const runners = name === 'a' ? { a: entry as never } : {};
    expect(rulesOf({ runners })(name).group).toBe(group);
  });

  test('leaves a runner alone that has no provider, and limits nothing that is not said', () => {
    const command = { type: 'command', command: ['ask'], prompt: 'stdin' } as const;
    const rule = rulesOf({ runners: { mine: command } })('mine');
    expect(rule.group).toBe(rule.runner);
    expect(rule.bounds).toEqual([]);
    for (const name of ['codex', 'ollama', 'given']) expect(rulesOf({})(name).bounds).toEqual([]);
  });

  test('gives a runner its own bound and that of its provider', () => {
    const rule = rulesOf({
      runners: { codex: { concurrency: 2, tokensPerMinute: 900 } },
      providers: { openai: { requestsPerMinute: 30 } },
    })('codex');
    expect(rule.bounds).toEqual([
      { key: rule.runner, concurrency: 2, requestsPerMinute: undefined, tokensPerMinute: 900 },
      {
        key: 'provider openai',
        concurrency: undefined,
        requestsPerMinute: 30,
        tokensPerMinute: undefined,
      },
    ]);
  });

  test('lets runners share the lowest number that one of them states for a server of this machine', () => {
    const ruleOf = rulesOf({
      runners: {
        a: server('http://localhost:1/v1', { concurrency: 3 }),
        b: server('http://127.0.0.1:1/v1', { concurrency: 2 }),
      },
    });
    const own = { key: 'server 127.0.0.1:1', concurrency: 2 };
    for (const name of ['a', 'b']) expect(ruleOf(name).bounds).toMatchObject([own]);
  });

  test('tells runners of one name apart by what is asked and with which key, not by how long', () => {
    const key = (config: ConfigFile, env?: Readonly<Record<string, string>>) =>
      rulesOf(config, env)('codex').runner;
    const usual = key({}, { OPENAI_API_KEY: 'one' });
    expect(key({ runners: { codex: { timeout: 5 } } }, { OPENAI_API_KEY: 'one' })).toBe(usual);
    expect(key({}, { OPENAI_API_KEY: 'two' })).not.toBe(usual);
    expect(key({ runners: { codex: { model: 'm' } } }, { OPENAI_API_KEY: 'one' })).not.toBe(usual);
    expect(usual).not.toContain('one');
  });
});
