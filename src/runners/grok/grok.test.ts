import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import {
  cliSettings,
  cliTools,
  describeCliRunner,
} from '../../../test/support/cli-runner-suite.ts';
import { conformance } from '../../testing/runner-scenarios.ts';
import { vendorServer } from '../../testing/vendor-servers/vendor-server.ts';
import { grok } from './grok.ts';

describeCliRunner('grok', grok);

describe('grok() over the API', () => {
  const ask = (runner: ReturnType<typeof grok>): ReturnType<typeof runner.ask> =>
    runner.ask(conformance.prompts.plain, {
      signal: new AbortController().signal,
      limitMs: 10_000,
      report: () => undefined,
    });

  test.each(['GROK_API_KEY', 'XAI_API_KEY'])('asks with %s', async (variable) => {
    await using server = await vendorServer({ replies: { text: 'Hello' }, apiKey: 'xai-0123' });
    const { baseUrl } = server;
    const env = { ...cliTools.env, [variable]: 'xai-0123' };
    const runner = grok('grok', cliSettings('grok', { apiKey: undefined, baseUrl }), {
      ...cliTools,
      env,
    });
    expect(await ask(runner)).toMatchObject({ status: 'answered', text: 'Hello' });
    expect(await runner.available()).toEqual({ status: 'available', where: baseUrl });
  });

  test('names a key and the program as the remedy when there is neither', async () => {
    const none = { ...cliTools, env: { PATH: tmpdir() } };
    const runner = grok('grok', cliSettings('grok', { apiKey: undefined }), none);
    expect(await runner.available()).toEqual({
      status: 'unavailable',
      kind: 'not-installed',
      message: 'No program named grok is on PATH',
      remedy: 'Set GROK_API_KEY, or npm install -g @xai-official/grok',
    });
  });
});
