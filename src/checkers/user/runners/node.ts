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
  let written = '';
  for await (const { type, data } of source) {
    if (type === 'test:stderr') written = (written + data.message).slice(-4000);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    const { cause } = data.details?.error ?? {};
    const isFile = data.nesting === 0 && resolve(data.name) === data.file;
    const thrown = isFile ? /^\\S*Error\\b.*$/m.exec(written)?.[0] : undefined;
    yield JSON.stringify({
      passed: type === 'test:pass',
      isFile,
      name: isFile ? 'the tests file' : data.name,
      line: isFile ? null : (data.line ?? null),
      message: String(thrown ?? cause?.message ?? cause ?? data.details?.error?.message ?? ''),
      ...(cause?.code === 'ERR_ASSERTION' && { expected: String(JSON.stringify(cause.expected)), got: String(JSON.stringify(cause.actual)) }),
    }) + '\\n';
  }
}
`;

// TypeScript is imported by the name that its JavaScript would have.
const resolver = `import { registerHooks } from 'node:module';
registerHooks({
  resolve(name, context, next) {
    try {
      return next(name, context);
    } catch (error) {
      const other = name.replace(/\\.([cm]?)js$/, '.$1ts');
      if (other === name || !/^\\.{0,2}\\/|^file:/.test(name)) throw error;
      return next(other, context);
    }
  },
});
`;

/** Runs a tests file by the runner that is part of Node; the report is on stdout. */
export function nodeCommand(tests: string, { work }: Place, node: Toolchain): RunnerCommand {
  return {
    program: node.program,
    args: [
      '--import={own}/resolver.mjs',
      '--test',
      '--test-reporter={own}/reporter.mjs',
      join(work, tests),
    ],
    input: '',
    env: {},
    readable: node.readable,
    own: [
      { path: 'reporter.mjs', text: reporter },
      { path: 'resolver.mjs', text: resolver },
    ],
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
