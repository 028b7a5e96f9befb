import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openPlace, type Place } from './cli-process.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Runs a script in a shell, where `orchestrator` is the command. */
function shell(place: Place, [name, ...args]: readonly [string, ...string[]], script: string) {
  const program = join(place.folder, 'orchestrator');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(program, 0o755);
  const { stdout, stderr } = spawnSync(name, [...args, script], {
    cwd: place.folder,
    encoding: 'utf8',
    env: {
      PATH: `${place.folder}:/usr/local/bin:/usr/bin:/bin`,
      HOME: join(place.folder, '..'),
      ORCHESTRATOR_CONFIG: place.config,
    },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

const quoted = (word: string): string => `'${word}'`;

/** What bash offers when tab is pressed behind a line, by the function that it registered. */
const inBash = (words: readonly string[], line = words.join(' '), last = words.at(-1)): string => `
  source <(orchestrator completion bash)
  [[ "$(complete -p orchestrator)" == *"-F _orchestrator orchestrator"* ]] || echo "not registered"
  COMP_WORDS=(${words.map(quoted).join(' ')})
  COMP_CWORD=${words.length - 1}
  COMP_LINE=${quoted(line)}
  _orchestrator orchestrator ${quoted(last ?? '')}
  printf '%s\\n' "\${COMPREPLY[@]}"`;

describe.skipIf(!has('bash'))('bash', () => {
  test.each([
    [['orchestrator', 'red'], ['redecide']],
    [['orchestrator', '--mode', 'ar'], ['architectural']],
    [['orchestrator', '--models', 'codex', 'gr'], ['grok']],
    [['orchestrator', 'Write a $(touch x) `y` "z"', ''], []],
  ])('completes %j with %j', async (words, found) => {
    await using place = await openPlace();
    expect(shell(place, ['bash', '--norc', '-c'], inBash(words))).toEqual(found);
  });

  // As bash parts them, with the part that it replaces.
  test.each([
    ['--mode=me', ['--mode', '=', 'me'], 'me', ['medium']],
    ['--merge=', ['--merge', '='], '', ['auto', 'never', 'always']],
    ['@fo', ['@', 'fo'], '@fo', ['@folder/']],
    ['@folder/a', ['@', 'folder/a'], '@folder/a', ['@folder/a\\ task.md']],
    ['"@folder/a', ['"@folder/a'], '@folder/a', ['@folder/a task.md']],
  ])('completes %s', async (typed, parts, last, found) => {
    await using place = await openPlace();
    mkdirSync(join(place.folder, 'folder'));
    writeFileSync(join(place.folder, 'folder', 'a task.md'), '');
    const script = inBash(['orchestrator', ...parts], `orchestrator ${typed}`, last);
    expect(shell(place, ['bash', '--norc', '-c'], script)).toEqual(found);
  });

  test('completes the id of a run that is kept', async () => {
    await using place = await openPlace();
    const asked = await place.ask(['Add two', '--models', 'codex', '--json']);
    const id: string = JSON.parse(asked.stdout).metadata.run_id;
    const words = ['orchestrator', 'show', id.slice(0, 2)];
    expect(shell(place, ['bash', '--norc', '-c'], inBash(words))).toEqual([id]);
  });
});

test.skipIf(!has('fish'))('fish completes modes, a command and the file of a task', async () => {
  await using place = await openPlace();
  mkdirSync(join(place.folder, 'folder'));
  const script = `orchestrator completion fish | source
    for typed in '--mode ar' --mode=me @fo red; complete -C "orchestrator $typed"; end`;
  const [mode, assigned, file, command] = shell(place, ['fish', '--no-config', '-c'], script);
  expect([mode, assigned, file]).toEqual(['architectural', '--mode=medium', '@folder/']);
  expect(command).toMatch(/^redecide\t/);
});

test.skipIf(!has('zsh'))('zsh reads what is printed and registers it', async () => {
  await using place = await openPlace();
  const script = `autoload -Uz compinit; compinit -D; source <(orchestrator completion zsh)
    print -r -- $_comps[orchestrator]`;
  expect(shell(place, ['zsh', '-f', '-c'], script)).toEqual(['_orchestrator']);
});

test('orchestrator completion refuses another shell', async () => {
  await using place = await openPlace();
  expect(await place.run(['completion', 'tcsh'])).toMatchObject({ status: 2, stdout: '' });
});
