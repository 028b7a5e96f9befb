// Runs test-vendors/ with the vendors' own programs, which are installed into .cache/vendors first. They never see the
// user's home, keys or network: everything runs in a namespace with loopback alone where the system has them.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// biome-ignore lint/style/noProcessEnv: A tool of its own reads the environment itself.
const environment = process.env;
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/vendors');
const stamp = join(cache, 'installed');
const programPath = `${dirname(process.execPath)}:/usr/bin:/bin:/usr/sbin:/sbin`;
const namespace = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
const hasNamespace = spawnSync(namespace[0], [...namespace.slice(1), 'true']).status === 0;

const fault = install();
if (fault) {
  process.stderr.write(
    `The vendors' programs cannot be installed, so their tests are skipped: ${fault}\n`,
  );
  if (environment.CI === 'true') process.exit(1);
}
if (!hasNamespace)
  process.stderr.write('No network namespace here: only the base URLs keep to loopback\n');
process.exit(test());

function install() {
  const lock = readFileSync(join(root, 'vendors/package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return undefined;
  rmSync(cache, { recursive: true, force: true });
  cpSync(join(root, 'vendors'), cache, { recursive: true });
  // Their own scripts would write into the user's home; what they do is done below, without a network.
  const npm = run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    env: environment,
  });
  if (npm.status !== 0)
    return npm.error?.message ?? `npm ci ended with ${npm.status}: ${npm.stderr.trim()}`;
  for (const script of ['@anthropic-ai/claude-code/install.cjs', '@xai-official/grok/bin/grok']) {
    const done = alone(
      [process.execPath, join(cache, 'node_modules', script), '--version'],
      join(cache, 'home'),
    );
    if (done.status !== 0) return `${script} ended with ${done.status}: ${done.stderr}`;
  }
  writeFileSync(stamp, lock);
  return undefined;
}

function test() {
  const folder = mkdtempSync(join(cache, 'run-'));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', 'vitest.vendors.config.ts', ...process.argv.slice(2)];
  const done = alone([process.execPath, vitest, ...args], folder, { cwd: root, stdio: 'inherit' });
  rmSync(folder, { recursive: true, force: true });
  return done.status ?? 1;
}

/** Runs a program with an empty home, nothing of the environment, and loopback alone. */
function alone(command, home, options = {}) {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const env = { PATH: programPath, HOME: home, TMPDIR: temporary };
  const [program, ...args] = hasNamespace ? [...namespace, ...command] : command;
  return run(program, args, { env, ...options });
}

function run(program, args, options) {
  return spawnSync(program, args, { cwd: cache, encoding: 'utf8', ...options });
}
