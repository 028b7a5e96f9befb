import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
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

/** What bash offers when tab is pressed behind a line, by the function that it registered. */
const inBash = (words: readonly string[]): string => `
  source <(orchestrator completion bash)
  [[ "$(complete -p orchestrator)" == *"-F _orchestrator orchestrator"* ]] || echo "not registered"
  COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
  COMP_CWORD=${words.length - 1}
  _orchestrator
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

  test('completes the id of a run that is kept', async () => {
    await using place = await openPlace();
    const asked = await place.ask(['Add two', '--models', 'codex', '--json']);
    const id: string = JSON.parse(asked.stdout).metadata.run_id;
    const words = ['orchestrator', 'show', id.slice(0, 2)];
    expect(shell(place, ['bash', '--norc', '-c'], inBash(words))).toEqual([id]);
  });
});

test.skipIf(!has('fish'))('fish completes a mode and a command', async () => {
  await using place = await openPlace();
  const script = `orchestrator completion fish | source
    complete -C 'orchestrator --mode ar'; complete -C 'orchestrator red'`;
  const [mode, command] = shell(place, ['fish', '--no-config', '-c'], script);
  expect(mode).toBe('architectural');
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
