import { spawnSync } from 'node:child_process';
import { readEnvironment } from '../../src/config/environment.ts';

/** Builds the page before its tests, as it is published. */
export function setup(): void {
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'page/vite.config.ts',
    '--logLevel',
    'warn',
  ];
  const env = { ...readEnvironment(), NODE_ENV: 'production' };
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
  if (status !== 0) throw new Error('Cannot build the page');
}
