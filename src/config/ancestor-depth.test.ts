import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const module = new URL('./ancestor-depth.ts', import.meta.url).href;
const program = `import(${JSON.stringify(module)}).then((m) => console.log(m.ancestorDepth()))`;
// A shell that goes on after its last command stays the parent.
const shell = `env -i "$0" -e '${program}'; :`;

const depthUnder = (env: Readonly<Record<string, string>>): string =>
  execFileSync('sh', ['-c', shell, process.execPath], { env: { PATH: '/usr/bin:/bin', ...env } })
    .toString()
    .trim();

test.runIf(process.platform === 'linux')(
  'ancestorDepth() finds the depth of a program whose parent gave it no environment',
  () => {
    expect(depthUnder({ ORCHESTRATOR_DEPTH: '2' })).toBe('2');
    expect(depthUnder({})).toBe('0');
  },
);
