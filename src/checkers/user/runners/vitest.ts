import { join } from 'node:path';
import { z } from 'zod';
import { excerpt } from './excerpt.ts';
import { jsonOf } from './json-lines.ts';
import type { Place, Report, RunnerCommand, TestFailure, Toolchain } from './test-runner.ts';

/** Runs a tests file by the vitest of the project, and has the report written to a file. */
export function vitestCommand(
  tests: string,
  { work, scratch }: Place,
  node: Toolchain,
): RunnerCommand {
  const report = join(scratch, 'report.json');
  return {
    program: node.program,
    args: [
      join(work, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=json',
      `--outputFile=${report}`,
      '--configLoader=runner',
      tests,
    ],
    input: '',
    env: {},
    readable: node.readable,
    own: [],
  };
}

const count = z.int().min(0);
const reportShape = z.object({
  numTotalTests: count,
  numPassedTests: count,
  numFailedTests: count,
  testResults: z.array(
    z.object({
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
          location: z.object({ line: z.int() }).nullish(),
        }),
      ),
    }),
  ),
});

/** Reads the report of vitest's JSON reporter; undefined when it is none. */
export function readVitestReport(text: string): Report | undefined {
  const { data } = reportShape.safeParse(jsonOf(text));
  if (data === undefined) return undefined;
  const failed = data.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  );
  // A file without a test that ran has failed as a file.
  const broken = data.testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    by: 'vitest',
    executed: data.numPassedTests + data.numFailedTests,
    failed: data.numFailedTests,
    isBroken: broken !== undefined,
    first: failureOf(failed[0]) ?? brokenFile(broken?.message),
  };
}

type Row = z.infer<typeof reportShape>['testResults'][number]['assertionResults'][number];

function failureOf(row: Row | undefined): TestFailure | undefined {
  if (row === undefined) return undefined;
  const message = excerpt(row.failureMessages?.[0]?.split('\n')[0]);
  return { name: excerpt(row.fullName), message, line: row.location?.line ?? null };
}

function brokenFile(message: string | undefined): TestFailure | null {
  if (message === undefined) return null;
  return { name: 'the tests file', message: excerpt(message), line: null };
}
