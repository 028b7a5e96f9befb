import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { code, openPlace, type Place } from './cli-process.ts';

/** `script` of util-linux gives a program a terminal of its own. */
const program = '/usr/bin/script';
const { stdout: version } = spawnSync(program, ['--version'], { encoding: 'utf8' });
const onTerminals = version?.includes('util-linux') ? describe : describe.skip;

type Env = Readonly<Record<string, string>>;

async function onTerminal(place: Place, args: readonly string[], env: Env = {}): Promise<string> {
  const { status, stdout } = await place.run(args, {
    through: [program, '--quiet', '--return', '/dev/null', '--command'],
    env: { TERM: 'xterm', ...env },
  });
  expect(status).toBe(0);
  return stdout.replaceAll('\r\n', '\n');
}

/** What follows the start of each control code. */
const codesOf = (shown: string): readonly string[] => shown.split('\x1b[').slice(1);
const drawsInPlace = (shown: string): boolean => codesOf(shown).some((each) => /^\d+A/.test(each));
const hasColor = (shown: string): boolean => codesOf(shown).some((each) => /^\d+m/.test(each));

onTerminals('orchestrator on a terminal', () => {
  const task = (place: Place): readonly string[] => ['Build an API', '--config', place.config];

  test('draws one line per model in place, and then the answer with its reasons', async () => {
    await using place = await openPlace();
    const shown = await onTerminal(place, task(place));
    expect(drawsInPlace(shown)).toBe(true);
    expect(hasColor(shown)).toBe(true);
    const last = shown.slice(shown.lastIndexOf('\x1b[?7l'));
    for (const model of ['claude-code', 'codex', 'gemini']) expect(last).toContain(model);
    expect(last).toContain(code);
    expect(last).toContain('Why this answer');
  });

  test('leaves colors out with NO_COLOR, and still draws in place', async () => {
    await using place = await openPlace();
    const shown = await onTerminal(place, task(place), { NO_COLOR: '1' });
    expect(drawsInPlace(shown)).toBe(true);
    expect(hasColor(shown)).toBe(false);
  });

  test.each([{ TERM: 'dumb' }, { CI: 'true' }])('draws nothing in place with %o', async (env) => {
    await using place = await openPlace();
    expect(drawsInPlace(await onTerminal(place, task(place), env))).toBe(false);
  });

  test('draws how far a batch is, and leaves the summary', async () => {
    await using place = await openPlace();
    place.write('tasks.jsonl', '"Add"\n"Subtract"\n');
    const args = ['batch', 'tasks.jsonl', '--config', place.config, '--models', 'codex'];
    const shown = await onTerminal(place, [...args, '--output', 'out.jsonl', '--no-history']);
    expect(shown).toContain(`${'█'.repeat(24)} `);
    expect(shown).toContain('2 of 2 tasks');
    expect(shown).toMatch(/Status +2 complete/);
  });

  test('prints the help when nothing is asked', async () => {
    await using place = await openPlace();
    expect(await onTerminal(place, [])).toMatch(/^Usage: orchestrator/);
  });
});
