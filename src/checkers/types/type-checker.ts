import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../domain/sandbox.ts';
import type { SourceFile } from '../../domain/task.ts';
import type { TaskChecks } from '../../domain/task-checks.ts';
import type { AnswerChecker, Check } from '../../domain/verdict.ts';
import { layOver } from '../user/lay-over.ts';
import type { PlannedCheck } from '../user/planned-check.ts';
import { type ProjectCopy, projectCopy } from '../user/project-copy.ts';
import { runCheck } from '../user/run-check.ts';
import { type Toolchains, toolchains } from '../user/runners/toolchains.ts';
import type { UserChecker, UserCheckTools } from '../user/user-checker.ts';
import { mypyFaults, type TypeFault, tscFaults } from './type-faults.ts';

/**
 * Makes a checker of types: of TypeScript by the `typescript` of the person's project, and of Python by mypy where
 * their Python has it. It runs in the sandbox, on a copy of the project. A language without a checker has no row.
 */
export function typeChecker(checks: TaskChecks, tools: UserCheckTools): UserChecker {
  let ready: Promise<Ready | undefined> | undefined;
  const check: AnswerChecker['check'] = async (candidate, signal) => {
    ready ??= prepare(checks, tools);
    const made = await ready;
    if (made === undefined) return [];
    const { project, sandbox, chains } = made;
    const ground = { tests: new Set<string>(), wanted: [], has: hasIn(project) };
    const { files } = layOver(candidate.files, ground);
    const { timeoutMs } = checks;
    const rows = (await plansOf(files, chains, project)).map(async ({ plan, paths, faultsOf }) => {
      let output = '';
      const read: PlannedCheck['read'] = async ({ stdout }) => {
        output = stdout;
        return undefined;
      };
      const where = { sandbox, project, tests: [], timeoutMs, signal };
      const run = await runCheck({ ...plan, read }, files, where);
      // A checker that fails without naming an error has not looked at the code.
      const hasLooked =
        run.end.status === 'exited' && (run.end.code === 0 || /: error /.test(output));
      if (hasLooked) return paths.map((path) => rowOf(path, faultsOf(output)));
      const because = `the types were not checked: ${run.lastLine === '' ? run.end.status : run.lastLine}`;
      return paths.map(
        (path) => ({ ...label, file: path, outcome: { status: 'not-run', because } }) as const,
      );
    });
    return (await Promise.all(rows)).flat();
  };
  const dispose = async (): Promise<void> => (await ready)?.project[Symbol.asyncDispose]();
  return { name: 'types', check, [Symbol.asyncDispose]: dispose };
}

interface Ready {
  readonly sandbox: Sandbox;
  readonly project: ProjectCopy;
  readonly chains: Toolchains;
}

async function prepare(checks: TaskChecks, tools: UserCheckTools): Promise<Ready | undefined> {
  const sandbox = await tools.sandbox();
  if ('because' in sandbox) return undefined;
  const project = await projectCopy(checks.folder, tools.context);
  return 'because' in project ? undefined : { sandbox, project, chains: toolchains(tools.env) };
}

interface TypePlan {
  readonly plan: Omit<PlannedCheck, 'read'>;
  readonly paths: readonly string[];
  readonly faultsOf: (output: string) => readonly TypeFault[];
}

const label = { checker: 'types', file: null } as const;

async function plansOf(
  files: readonly SourceFile[],
  chains: Toolchains,
  project: ProjectCopy,
): Promise<readonly TypePlan[]> {
  const paths = files.map(({ path }) => path);
  const scripts = paths.filter((path) => /\.[cm]?tsx?$/.test(path));
  const compiler = 'node_modules/typescript/bin/tsc';
  const plans: TypePlan[] = [];
  if (scripts.length > 0 && hasIn(project)(compiler))
    plans.push(
      scriptPlan(scripts, { compiler, chains, hasConfig: hasIn(project)('tsconfig.json') }),
    );
  const python = paths.filter((path) => path.endsWith('.py'));
  if (python.length > 0) plans.push(...(await pythonPlans(python, chains)));
  return plans;
}

interface ScriptTools {
  readonly compiler: string;
  readonly chains: Toolchains;
  readonly hasConfig: boolean;
}

function scriptPlan(
  paths: readonly string[],
  { compiler, chains, hasConfig }: ScriptTools,
): TypePlan {
  // Our own file stands beside the copy, in a place that has this path to it.
  const work = '../box/work';
  const options = {
    ...(hasConfig
      ? { extends: `${work}/tsconfig.json` }
      : { compilerOptions: { ...plainOptions, ...always } }),
    ...(hasConfig && { compilerOptions: always }),
    files: paths.map((path) => `${work}/${path}`),
    include: [],
  };
  return {
    plan: {
      label,
      wanted: [],
      writesInWork: false,
      command: (place) => ({
        program: chains.node.program,
        args: [join(place.work, compiler), '-p', '{own}/tsconfig.json', '--pretty', 'false'],
        input: '',
        env: {},
        readable: chains.node.readable,
        own: [{ path: 'tsconfig.json', text: JSON.stringify(options) }],
      }),
    },
    paths,
    faultsOf: (output) => tscFaults(output, 'box/work/'),
  };
}

const always = { noEmit: true, skipLibCheck: true, incremental: false, composite: false };
const plainOptions = {
  target: 'esnext',
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  jsx: 'preserve',
  strict: false,
};

async function pythonPlans(
  paths: readonly string[],
  chains: Toolchains,
): Promise<readonly TypePlan[]> {
  const python = await chains.python();
  if (!python?.modules.has('mypy')) return [];
  const args = ['-m', 'mypy', '--no-incremental', '--cache-dir=/dev/null', '--show-error-codes'];
  const command: PlannedCheck['command'] = () => ({
    program: python.program,
    args: [...args, '--no-error-summary', '--no-color-output', ...paths],
    input: '',
    env: {},
    readable: python.readable,
    own: [],
  });
  const plan = { label, wanted: [], writesInWork: false, command };
  return [{ plan, paths, faultsOf: (output) => mypyFaults(output, 'box/work/') }];
}

function rowOf(path: string, faults: readonly TypeFault[]): Check {
  const first = faults.find(({ file }) => file === path);
  const outcome: Check['outcome'] = first
    ? { status: 'failed', line: first.line, message: first.message }
    : { status: 'passed' };
  return { checker: 'types', file: path, outcome };
}

function hasIn(project: ProjectCopy): (path: string) => boolean {
  return (path) => existsSync(join(project.path, path));
}
