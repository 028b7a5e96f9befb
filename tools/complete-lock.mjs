// Adds to package-lock.json the platform packages that npm left out of it. A registry that mirrors only some
// platforms makes npm drop the others, and `npm ci` then refuses the file everywhere.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? new URL('../package-lock.json', import.meta.url);
const systems =
  /(?:^|[-/])(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?=-|$)/;
const processors = /-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)(?=-|$)/;

const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !(`node_modules/${name}` in lock.packages))
    .map(([name, version]) => [`node_modules/${name}`, entry(name, version, dev)]),
);
const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(
  file,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`,
);
process.stdout.write(`package-lock.json: ${missing.length} platform packages added\n`);

function entry(name, version, dev) {
  const system = systems.exec(name)?.[1];
  const processor = processors.exec(name)?.[1];
  if (!/^\d+\.\d+\.\d+/.test(version) || (!system && !processor)) {
    throw new Error(`Cannot tell the platform of ${name}@${version}`);
  }
  return {
    version,
    ...(processor && { cpu: [processor] }),
    ...(dev && { dev }),
    ...(/-musl/.test(name) && { libc: ['musl'] }),
    optional: true,
    ...(system && { os: [system] }),
  };
}
