import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConfinedRun } from '../../domain/sandbox.ts';
import type { SourceFile } from '../../domain/task.ts';
import type { Check } from '../../domain/verdict.ts';
import { type TestsKind, testsKindOf } from './check-kinds.ts';
import { pythonImports, scriptImports, type WantedModule } from './imports-of.ts';
import { cargoCommand } from './runners/cargo.ts';
import { goCommand, readGoReport } from './runners/go.ts';
import { nodeCommand, readNodeReport } from './runners/node.ts';
import { pythonCommand, readPythonReport } from './runners/python.ts';
import { readSummary } from './runners/summary.ts';
import type { Place, Report, RunnerCommand } from './runners/test-runner.ts';
import type { Toolchains } from './runners/toolchains.ts';
import { readVitestReport, vitestCommand } from './runners/vitest.ts';

/** One of the person's checks, ready to run on any answer. */
export interface PlannedCheck {
  readonly label: Pick<Check, 'checker' | 'file' | 'command'>;
  /** What its tests import, of the project or of the answer. */
  readonly wanted: readonly WantedModule[];
  /** Whether it may write beside the files that it checks. */
  readonly writesInWork: boolean;
  readonly command: (place: Place) => RunnerCommand;
  /** Undefined where the runner is unknown, null where it left no report. */
  readonly read: (run: ConfinedRun, place: Place) => Promise<Report | null | undefined>;
}

/** Why a check cannot be run here. */
export interface NoCheck {
  readonly label: PlannedCheck['label'];
  readonly because: string;
}

/** Plans the run of one tests file. */
export async function planTests(
  file: SourceFile,
  tools: Toolchains,
): Promise<PlannedCheck | NoCheck> {
  const label = { checker: 'tests', file: file.path } as const;
  const kind = testsKindOf(file);
  if (kind === undefined || kind === 'data') return { label, because: 'no runner is known for it' };
  const plan = await planners[kind](file, tools);
  return typeof plan === 'string' ? { label, because: plan } : { label, ...plan };
}

/** What differs from runner to runner; a text is why there is none. */
type Plan = Omit<PlannedCheck, 'label'> | string;
type Planner = (file: SourceFile, tools: Toolchains) => Promise<Plan> | Plan;

const planners: Readonly<Record<Exclude<TestsKind, 'data'>, Planner>> = {
  python: async (file, tools) => {
    const python = await tools.python();
    if (!python) return 'Python is not installed';
    return {
      writesInWork: false,
      wanted: pythonImports(file.path, file.text, python.modules),
      command: (place) => pythonCommand(file.path, place, python),
      read: async (_, { scratch }) => readPythonReport(await reportFile(scratch)) ?? null,
    };
  },
  node: ({ path, text }, { node }) => ({
    writesInWork: false,
    wanted: scriptImports(path, text),
    command: (place) => nodeCommand(path, place, node),
    read: async ({ stdout }) => readNodeReport(stdout) ?? null,
  }),
  vitest: ({ path, text }, { node }) => ({
    writesInWork: false,
    wanted: scriptImports(path, text),
    command: (place) => vitestCommand(path, place, node),
    read: async (_, { scratch }) => readVitestReport(await reportFile(scratch)) ?? null,
  }),
  go: async ({ path }, tools) => {
    const go = await tools.go();
    if (!go) return 'Go is not installed';
    return {
      writesInWork: false,
      wanted: [],
      command: (place) => goCommand(path, place, go),
      read: async ({ stdout }) => readGoReport(stdout) ?? null,
    };
  },
  cargo: async ({ path }, tools) => {
    const cargo = await tools.cargo();
    if (!cargo) return 'Cargo is not installed';
    return {
      // Cargo writes its lock file beside the manifest.
      writesInWork: true,
      wanted: [],
      command: (place) => cargoCommand(path, place, cargo),
      read: async ({ stdout }) => readSummary('cargo test', stdout),
    };
  },
};

/** Plans the run of one command of the shell; with tests files it is they that show what an answer is to have. */
export async function planCommand(
  command: string,
  wanted: readonly WantedModule[],
  tools: Toolchains,
): Promise<PlannedCheck> {
  const found = await Promise.all([tools.python(), tools.go(), tools.cargo()]);
  const chains = [tools.node, ...found].filter((chain) => chain !== undefined);
  return {
    label: { checker: 'command', file: null, command },
    wanted,
    writesInWork: true,
    command: ({ work, scratch }) => ({
      program: '/bin/sh',
      args: ['-c', command],
      input: '',
      env: {
        PATH: [
          join(work, 'node_modules/.bin'),
          ...chains.map(({ program }) => dirname(program)),
          ...['/usr/local/bin', '/usr/bin', '/bin'],
        ].join(':'),
        PYTEST_ADDOPTS: '-p no:cacheprovider',
        GOPROXY: 'off',
        GOTOOLCHAIN: 'local',
        GOCACHE: join(scratch, 'go-cache'),
        CARGO_NET_OFFLINE: 'true',
      },
      readable: chains.flatMap(({ readable }) => readable),
      own: [],
    }),
    read: async ({ stdout, stderr }) => readSummary(command, `${stdout}\n${stderr}`),
  };
}

const reportMaxBytes = 8 * 1024 * 1024;

/** The report that a runner wrote; empty when there is none, or when something else stands there. */
async function reportFile(scratch: string): Promise<string> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const path = join(scratch, 'report.json');
    await using file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
    const found = await file.stat();
    if (!found.isFile() || found.size > reportMaxBytes) return '';
    return await file.readFile('utf8');
  } catch {
    return '';
  }
}
