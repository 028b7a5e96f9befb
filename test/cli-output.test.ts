import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { code, openPlace, type Place } from './cli-process.ts';

const twoFiles = `\`\`\`python
# src/calc.py
def add(a, b):
    return a + b
\`\`\`

\`\`\`python
# tests/test_calc.py
from calc import add

def test_add():
    assert add(1, 2) == 3
\`\`\`
`;

const read = (place: Place, path: string): string => readFileSync(join(place.folder, path), 'utf8');
const fileNamed = (path: string): string => `\`\`\`python\n# ${path}\nx = 1\n\`\`\`\n`;
const ask = ['Add two numbers', '--models', 'codex'];

describe.concurrent('orchestrator "task" --output DIR', () => {
  test('writes a file without a name after its language, and still prints the answer', async () => {
    await using place = await openPlace();
    const ended = await place.ask([...ask, '--output', 'out']);
    expect(ended).toMatchObject({ status: 0, stdout: code });
    expect(ended.stderr).toMatch(/^Wrote .*out[\\/]answer\.rb\n$/);
    expect(read(place, 'out/answer.rb')).toBe(code);
  });

  test('writes the files of the answer under their names and lists them', async () => {
    await using place = await openPlace({ codex: { text: twoFiles } });
    const ended = await place.ask([...ask, '--output', '.', '--json']);
    expect(ended.status).toBe(0);
    expect(ended.stderr.match(/^Wrote /gm)).toHaveLength(2);
    expect(read(place, 'src/calc.py')).toContain('def add');
    expect(read(place, 'tests/test_calc.py')).toContain('def test_add');
  });

  test('writes over a file only with --force', async () => {
    await using place = await openPlace();
    place.write('answer.rb', 'mine\n');
    const refused = await place.ask([...ask, '--output', '.']);
    expect(refused).toMatchObject({ status: 2, stdout: code });
    expect(refused.stderr).toBe(
      'Cannot write "answer.rb": the file exists, and --force is not given\n',
    );
    expect(read(place, 'answer.rb')).toBe('mine\n');
    const forced = await place.ask([...ask, '--output', '.', '--force']);
    expect(forced.status).toBe(0);
    expect(read(place, 'answer.rb')).toBe(code);
  });

  test.each([['../escaped.py'], ['/tmp/escaped-orchestrator.py'], ['link/escaped.py']])(
    'never writes %s outside of the directory',
    async (path) => {
      await using place = await openPlace({ codex: { text: fileNamed(path) } });
      mkdirSync(join(place.folder, 'out'));
      symlinkSync(place.folder, join(place.folder, 'out', 'link'));
      await place.ask([...ask, '--output', 'out', '--force']);
      const escapes = [
        join(place.folder, 'escaped.py'),
        join(place.folder, 'out', '..', 'escaped.py'),
        '/tmp/escaped-orchestrator.py',
      ];
      expect(escapes.filter((each) => existsSync(each))).toEqual([]);
    },
  );

  test('writes nothing when nobody answered', async () => {
    await using place = await openPlace({ codex: { status: 401 } });
    expect((await place.ask([...ask, '--output', 'out'])).status).toBe(4);
    expect(existsSync(join(place.folder, 'out'))).toBe(false);
  });
});

test.skipIf(!existsSync('/dev/full'))('orchestrator says that stdout is a full disk', async () => {
  await using place = await openPlace();
  const through = ['/bin/sh', '-c', 'eval "$0" > /dev/full'] as const;
  const ended = await place.run(['help'], { through });
  expect(ended).toMatchObject({
    status: 2,
    stderr: 'Cannot write the output: the disk is full\n',
  });
});
