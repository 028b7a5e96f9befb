import type { LevelRow, MissingBecause, SandboxLevel } from '../domain/sandbox.ts';
import type { SandboxRow } from '../report/sandbox-text.ts';
import { findPython } from '../sandbox/toolchains/find-python.ts';
import { type OpenSandbox, openSandbox, type SandboxTools } from './open-sandbox.ts';

/** Looks at every level of this machine: whether it is to be had, how to get it, and what can be run in it. */
export async function sandboxRows(tools: SandboxTools): Promise<readonly SandboxRow[]> {
  const sandbox = openSandbox(tools);
  const [rows, choice] = await Promise.all([sandbox.levels(), sandbox.choose()]);
  const chosen = choice.status === 'chosen' ? choice.sandbox.level : undefined;
  const python = (await findPython(tools.env)) !== undefined;
  return Promise.all(
    rows.map(async (row) => ({
      level: row.level,
      used: row.level === chosen,
      ...stateOf(row),
      languages: await languagesOf(row, sandbox, python),
    })),
  );
}

function stateOf(row: LevelRow): Omit<SandboxRow, 'level' | 'used' | 'languages'> {
  if (row.status === 'available') {
    const { mechanism, promisesNot } = row.sandbox;
    return { status: 'available', mechanism, promisesNot, found: null, remedy: null };
  }
  const { because, found } = row;
  const remedy = canBeMended.has(because) ? remedies[row.level] : null;
  return { status: 'missing', mechanism: null, promisesNot: [], found, remedy };
}

/** Nobody needs to hear of Seatbelt on Linux. */
const canBeMended: ReadonlySet<MissingBecause> = new Set<MissingBecause>([
  'no-program',
  'no-kernel-support',
  'self-test-failed',
  'not-allowed',
]);

const remedies: Readonly<Record<SandboxLevel, string>> = {
  namespaces: 'Install bubblewrap: apt install bubblewrap, or dnf, pacman, apk',
  kernel: 'Run on Linux 5.13 or later with Landlock, with Perl or Python 3',
  seatbelt: 'Use another level: this one needs sandbox-exec of macOS',
  runtime: 'Get it by: orchestrator sandbox install',
  none: 'Ask for it on the command line, where code may do all that you can: --sandbox none',
};

async function languagesOf(
  { level, status }: LevelRow,
  sandbox: OpenSandbox,
  hasPython: boolean,
): Promise<readonly string[]> {
  if (status === 'missing') return [];
  const isThere = level === 'runtime' ? (await sandbox.parts()).python !== undefined : hasPython;
  return ['javascript', 'typescript', ...(isThere ? ['python'] : [])];
}
