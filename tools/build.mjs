// Makes dist/: the library as tsc emits it, and the command as few files that start quickly.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const packageOf = (name) => fileURLToPath(import.meta.resolve(name));

/** Loads its own .wasm from beside its module. */
const external = ['web-tree-sitter'];

rmSync(`${root}dist`, { recursive: true, force: true });
emitLibrary();
await bundleCommand();

function emitLibrary() {
  const compiler = new URL('../bin/tsc', new URL(packageOf('typescript/package.json'), 'file:'));
  const { status } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('bin/tsc', `file://${packageOf('typescript/package.json')}`)), '-p', 'tsconfig.build.json'],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}

async function bundleCommand() {}
