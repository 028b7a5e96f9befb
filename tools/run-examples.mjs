// Runs every program in examples/: each checks itself and exits with 1 when it finds something wrong.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const programs = readdirSync(folder).filter((file) => file.endsWith('.ts'));
for (const program of programs) {
  const { status } = spawnSync(process.execPath, [folder + program], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} examples/${program}\n`);
  if (status !== 0) process.exitCode = 1;
}
if (programs.length === 0) process.exitCode = 1;
