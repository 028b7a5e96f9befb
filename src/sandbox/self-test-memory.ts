import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder.ts';
import { packageFile } from '../lib/package-file.ts';

/** Results of self-tests, kept until the machine starts anew. */
export interface SelfTestMemory {
  /** The result that is kept by this name, or that of the test, which then is kept. Undefined is a pass. */
  result(name: string, test: () => Promise<string | undefined>): Promise<string | undefined>;
  /** Writes down what there is. */
  keep(): Promise<void>;
}

type Passed = Readonly<Record<string, true>>;

/**
 * Opens the memory in a folder. It holds for one boot, one user, and one version of Node and of this package.
 * Only passes are kept: what was missing may have been mended.
 */
export async function selfTestMemory(folder: string): Promise<SelfTestMemory> {
  const file = join(folder, 'sandbox-self-tests.json');
  const era = await currentEra();
  const passed = new Map(Object.entries(era === undefined ? {} : await read(file, era)));
  const known = passed.size;
  return {
    result: async (name, test) => {
      if (passed.has(name)) return undefined;
      const fault = await test();
      if (fault === undefined) passed.set(name, true);
      return fault;
    },
    keep: async () => {
      if (era === undefined || passed.size === known) return;
      makeFolder(folder, 0o700);
      const text = JSON.stringify({ era, passed: Object.fromEntries(passed) });
      // Without a memory the next start is slower, and that is all.
      await writeFile(file, text, { mode: 0o600 }).catch(() => undefined);
    },
  };
}

/** What the results depend on; undefined where boots cannot be told apart. */
async function currentEra(): Promise<string | undefined> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  if (boot === undefined) return undefined;
  const { version }: { version?: unknown } = JSON.parse(
    await readFile(packageFile('package.json'), 'utf8'),
  );
  return [boot.trim(), process.getuid?.(), process.version, process.execPath, version].join(' ');
}

async function read(file: string, era: string): Promise<Passed> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as { era?: unknown; passed?: Passed };
    return kept.era === era ? (kept.passed ?? {}) : {};
  } catch {
    return {};
  }
}
