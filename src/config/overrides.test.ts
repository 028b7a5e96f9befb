import { expect, test } from 'vitest';
import { builtInSettings } from './defaults.ts';
import { withOverrides } from './overrides.ts';
import { settingsFrom } from './settings-from.ts';

const base = settingsFrom(
  {
    runners: {
      codex: { timeout: 300, retries: 5, stall: 7 },
      grok: { type: 'openai-compatible', baseURL: 'http://127.0.0.1:1/v1', model: 'm' },
    },
  },
  builtInSettings,
  '/project',
);

test('withOverrides() changes nothing without overrides', () => {
  expect(withOverrides(base, {})).toEqual(base);
});

test('withOverrides() sets time and retries for every runner, also for one with its own', () => {
  const { limits, runners } = withOverrides(base, { timeoutMs: 2000, retries: 0 });
  expect(limits).toEqual({ ...base.limits, timeoutMs: 2000, retries: 0 });
  expect(runners).toMatchObject({
    codex: { type: 'codex', timeoutMs: undefined, retries: undefined, stallMs: 7000 },
  });
});

test('withOverrides() sets mode, models and strictness', () => {
  expect(withOverrides(base, { mode: 'auto', models: ['codex'], strict: true })).toEqual({
    ...base,
    defaultMode: 'auto',
    defaultModels: ['codex'],
    strict: true,
  });
});

test('withOverrides() hands the key for grok to the built-in runner alone', () => {
  const { runners } = withOverrides(builtInSettings, { grokApiKey: 'xai-1' });
  const { grok, ...others } = builtInSettings.runners;
  expect(runners).toEqual({ ...others, grok: { ...grok, apiKey: 'xai-1' } });
});

test('withOverrides() hands the key for grok to no other vendor', () => {
  expect(JSON.stringify(withOverrides(base, { grokApiKey: 'xai-1' }))).not.toContain('xai-1');
});
