import { join } from 'node:path';
import { z } from 'zod';
import { excerpt } from './excerpt.ts';
import { jsonLines } from './json-lines.ts';
import type { Place, Report, RunnerCommand, Toolchain } from './test-runner.ts';

// The runner starts each tests file as a process of its own and reports in its own process, so that what the
// code under test prints is never taken for the report. A file that ends before its tests counts as one test
// with the name of the file, which is none.
const reporter = `import { resolve } from 'node:path';
export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    const { cause } = data.details?.error ?? {};
    yield JSON.stringify({
      passed: type === 'test:pass',
      isFile: data.nesting === 0 && resolve(data.name) === data.file,
      name: data.name,
      line: data.line ?? null,
      message: String(cause?.message ?? cause ?? data.details?.error?.message ?? ''),
      ...(cause?.code === 'ERR_ASSERTION' && { expected: String(JSON.stringify(cause.expected)), got: String(JSON.stringify(cause.actual)) }),
    }) + '\\n';
  }
}
`;

/** Runs a tests file by the runner that is part of Node; the report is on stdout. */
export function nodeCommand(tests: string, { work }: Place, node: Toolchain): RunnerCommand {
  return {
    program: node.program,
    args: ['--test', '--test-reporter={own}/reporter.mjs', join(work, tests)],
    input: '',
    env: {},
    readable: node.readable,
    own: [{ path: 'reporter.mjs', text: reporter }],
  };
}

const rowShape = z.object({
  passed: z.boolean(),
  isFile: z.boolean(),
  name: z.string(),
  line: z.int().nullable(),
  message: z.string(),
  expected: z.string().optional(),
  got: z.string().optional(),
});

/** Reads what our reporter wrote; undefined when it wrote nothing. */
export function readNodeReport(text: string): Report | undefined {
  const rows = jsonLines(text).flatMap((row) => rowShape.safeParse(row).data ?? []);
  if (rows.length === 0) return undefined;
  const tests = rows.filter(({ isFile }) => !isFile);
  const first = rows.find(({ passed }) => !passed);
  return {
    by: 'node --test',
    executed: tests.length,
    failed: tests.filter(({ passed }) => !passed).length,
    isBroken: rows.some(({ isFile, passed }) => isFile && !passed),
    first: first === undefined ? null : failureOf(first),
  };
}

function failureOf({
  name,
  message,
  line,
  expected,
  got,
}: z.infer<typeof rowShape>): Report['first'] {
  const said = { name: excerpt(name), message: excerpt(message), line };
  if (expected === undefined) return said;
  return { ...said, expected: excerpt(expected), got: excerpt(got) };
}
