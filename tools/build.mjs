// Makes dist/: the library as tsc emits it, the command as a few files that start quickly, and the page.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Stay packages: the first finds its .wasm file beside its own module, the next are optional, telemetry has its one
 * registry in its own, and the last start files of their own.
 */
const external = [
  'web-tree-sitter',
  'bullmq',
  'ioredis',
  /^@opentelemetry\//,
  'pino',
  'prom-client',
];

rmSync(`${root}dist`, { recursive: true, force: true });
emitLibrary();
await bundleCommand();
await build({ configFile: `${root}page/vite.config.ts`, logLevel: 'warn' });

function emitLibrary() {
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const args = [compiler, '--project', `${root}tsconfig.build.json`];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function bundleCommand() {
  rmSync(`${root}dist/cli`, { recursive: true, force: true });
  const bundle = await rolldown({
    cwd: root,
    // The thread of a history is started by the name of its file.
    input: { main: 'src/cli/main.ts', 'history-thread': 'src/app/history-thread.ts' },
    platform: 'node',
    external,
    logLevel: 'warn',
  });
  const { output } = await bundle.write({
    dir: 'dist/cli',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    comments: { legal: true },
  });
  await bundle.close();
  const bytes = output.reduce((sum, { code = '' }) => sum + code.length, 0);
  process.stdout.write(`dist/cli: ${output.length} files, ${Math.round(bytes / 1024)} KiB\n`);
}
