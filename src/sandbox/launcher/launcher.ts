import { execFile } from 'node:child_process';
import { findProgram } from '../../lib/find-program.ts';
import { packageFile } from '../../lib/package-file.ts';
import type { FilterArchitecture } from '../seccomp/syscall-numbers.ts';
import { askingWords } from './policy.ts';

/** The script that confines itself and then becomes the program, and what runs it. */
export interface Launcher {
  readonly language: 'perl' | 'python';
  /** The interpreter with its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly script: string;
}

/** Where an interpreter is looked for: what a person's PATH names first is not what the system installed. */
const systemPath = '/usr/bin:/bin:/usr/local/bin';
const askLimitMs = 5000;

/** Finds what can run a launcher: Perl, which is quicker, or Python 3; undefined where neither is. */
export async function findLauncher(
  languages: readonly Launcher['language'][] = ['perl', 'python'],
): Promise<Launcher | undefined> {
  for (const language of languages) {
    const name = language === 'perl' ? 'perl' : 'python3';
    const path = await findProgram(name, { PATH: systemPath });
    if (path !== null) return launcherOf(language, path);
  }
  return undefined;
}

/** The version of Landlock that the kernel has; 0 for none, or when that cannot be told. */
export function askLandlock(
  { command: [program, ...args], script }: Launcher,
  architecture: FilterArchitecture,
): Promise<number> {
  return new Promise((done) => {
    execFile(
      program,
      [...args, script, ...askingWords(architecture)],
      { env: {}, timeout: askLimitMs },
      (_error, stdout) => done(Number.parseInt(stdout, 10) || 0),
    );
  });
}

function launcherOf(language: Launcher['language'], path: string): Launcher {
  if (language === 'perl') {
    return { language, command: [path], script: packageFile('sandbox/launcher.pl') };
  }
  const script = packageFile('sandbox/launcher.py');
  return { language, command: [path, '-I', '-S', '-B'], script };
}
