import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageName = 'multi-model-orchestrator';

/** The path of a file that this package ships, from source, from `dist/` and from the bundle alike. */
export function packageFile(path: string): string {
  return join(packageRoot(), path);
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isRoot(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

function isRoot(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const { name }: { name?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'));
  return name === packageName;
}
