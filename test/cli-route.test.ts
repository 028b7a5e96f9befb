import { describe, expect, test } from 'vitest';
import { openPlace } from './cli-process.ts';

/** The specification's table. */
const rows = [
  ['Create a react component', 'frontend', ['gemini', 'claude-code'], ['codex']],
  ['Build a REST API endpoint', 'backend', ['claude-code', 'codex'], ['gemini']],
  ['Deploy docker on kubernetes', 'devops', ['codex', 'grok'], ['claude-code']],
  ['A bash automation', 'scripts', ['codex', 'gemini'], ['claude-code']],
  ['An etl for sql', 'data', ['codex', 'claude-code'], ['gemini']],
  ['An architecture that can scale', 'architecture', ['grok', 'claude-code'], ['codex']],
  ['Compute capital gains', 'general', ['claude-code', 'codex'], ['gemini']],
] as const;

describe.concurrent('orchestrator route', () => {
  test.each(
    rows.map(([task, category, primaries, validators]) => ({
      task,
      category,
      primaries,
      validators,
    })),
  )('gives the row of the table for "$task"', async ({ task, ...row }) => {
    await using place = await openPlace();
    const ended = await place.run(['route', task, '--json', '--config', place.config]);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({ ...row, mode: 'medium' });
    expect(place.server.requests).toEqual([]);
  });

  test('prints the keys that programs rely on with --json', async () => {
    await using place = await openPlace();
    const { stdout } = await place.run(['route', 'models', '--json', '--config', place.config]);
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      'category',
      'mode',
      'primaries',
      'validators',
      'reason',
      'words',
      'substitutions',
      'missing',
      'estimate',
    ]);
  });

  test('says for a person whom and why', async () => {
    await using place = await openPlace();
    const args = ['route', 'Build an API', '--mode', 'complex', '--config', place.config];
    const { stdout } = await place.run(args);
    expect(stdout).toMatch(/Category +backend/);
    expect(stdout).toMatch(/Primaries +claude-code and codex/);
  });
});

describe.concurrent('orchestrator models and doctor', () => {
  test('models lists each model and where it is', async () => {
    await using place = await openPlace();
    const { status, stdout } = await place.run(['models', '--config', place.config]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/codex +openai-compatible +.? ?ready +http:/);
  });

  test('doctor says what is missing and what to do about it', async () => {
    await using place = await openPlace();
    const missing = { type: 'command', command: ['no-such-program-here'], prompt: 'stdin' };
    const config = place.configure({ grok: missing });
    const { status, stdout } = await place.run(['doctor', '--config', config]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/grok .*not installed/);
    expect(stdout).toMatch(/codex .*ready .*yes\n/);
    expect(stdout).toContain('3 of 4 models are ready');
  });

  test('doctor asks nobody with --offline, and says so', async () => {
    await using place = await openPlace();
    const { stdout } = await place.run(['doctor', '--offline', '--config', place.config]);
    expect(stdout).toMatch(/codex .*ready .*not tried\n/);
    expect(stdout).toContain('not tried to reach: --offline');
  });
});

describe.concurrent('orchestrator trust', () => {
  const config = JSON.stringify({ mode: 'complex' });
  const modeOf = (stdout: string): string => JSON.parse(stdout).mode;

  test('lets the configuration of a folder be used, and takes it back', async () => {
    await using place = await openPlace();
    place.write('orchestrator.config.json', config);
    const route = () => place.run(['route', 'Add', '--json']);

    const ignored = await route();
    expect(modeOf(ignored.stdout)).toBe('medium');
    expect(ignored.stderr).toMatch(
      /^Ignored .*orchestrator\.config\.json: this folder is not trusted/,
    );

    expect(await place.run(['trust'])).toMatchObject({ status: 0, stderr: '' });
    expect((await place.run(['trust', '--list'])).stdout).toMatch(/project\n$/);
    const used = await route();
    expect(modeOf(used.stdout)).toBe('complex');
    expect(used.stderr).toBe('');

    expect((await place.run(['trust', '.', '--remove'])).status).toBe(0);
    expect(modeOf((await route()).stdout)).toBe('medium');
    expect((await place.run(['trust', '--list'])).stdout).toBe('');
    expect((await place.run(['trust', '--remove'])).status).toBe(2);
  });

  test('asks for the folder where there is no configuration file', async () => {
    await using place = await openPlace();
    const { status, stderr } = await place.run(['trust']);
    expect(status).toBe(2);
    expect(stderr).toContain('Name the folder: orchestrator trust DIR');
  });
});
