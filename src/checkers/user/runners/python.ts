import { join } from 'node:path';
import { z } from 'zod';
import { excerpt } from './excerpt.ts';
import { jsonOf } from './json-lines.ts';
import { pythonDriver } from './python-driver.ts';
import type { Place, Report, RunnerCommand, Toolchain } from './test-runner.ts';

/** Runs a tests file in Python and has the report written to a file. */
export function pythonCommand(
  tests: string,
  { work, scratch }: Place,
  python: Toolchain,
): RunnerCommand {
  const report = join(scratch, 'report.json');
  return {
    program: python.program,
    args: ['-B', '{own}/driver.py'],
    input: JSON.stringify({ tests: join(work, tests), report }),
    env: {},
    readable: python.readable,
    own: [{ path: 'driver.py', text: pythonDriver }],
  };
}

const count = z.int().min(0);
const reportShape = z.strictObject({
  by: z.enum(['pytest', 'unittest']),
  executed: count,
  failed: count,
  isBroken: z.boolean(),
  first: z
    .strictObject({ name: z.string(), message: z.string(), line: z.int().nullable() })
    .nullable(),
});

/** Reads the report of the driver; undefined when it is none. */
export function readPythonReport(text: string): Report | undefined {
  const parsed = reportShape.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { first } = parsed.data;
  return {
    ...parsed.data,
    first: first && { ...first, name: excerpt(first.name), message: excerpt(first.message) },
  };
}
