import { readFileSync } from 'node:fs';
import { packageFile } from '../lib/package-file.ts';

/** The version of this package. */
export function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(packageFile('package.json'), 'utf8'),
  );
  return version;
}
