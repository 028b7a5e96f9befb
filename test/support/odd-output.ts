import { expect, test } from 'vitest';
import type { FailureKind } from '../../src/domain/failure.ts';
import type { Outcome } from '../../src/domain/runner.ts';
import type { ProcessEnd } from '../../src/lib/run-process.ts';
import { outcomeOf } from '../../src/vendor-cli/outcome-of.ts';
import { OutputReader } from '../../src/vendor-cli/output-reader.ts';
import type { CliOutput } from '../../src/vendor-cli/vendor-cli.ts';

/** A name, what must come of it, the objects and texts on stdout, and how the program ended if not well. */
export type OddOutput = readonly [
  name: string,
  kind: FailureKind | 'answered',
  stdout: readonly unknown[],
  end?: ProcessEnd,
];

const well: ProcessEnd = { status: 'exited', code: 0, stderr: '' };
const trace = '"finish_reasons": ["stop"]';

/** Ways in which a program ends badly. */
export const ends: Readonly<Record<'badly' | 'killed' | 'terminated', ProcessEnd>> = {
  badly: { status: 'exited', code: 1, stderr: '' },
  killed: { status: 'signalled', signal: 'SIGTERM', stderr: '' },
  terminated: { status: 'exited', code: 143, stderr: '' },
};

/** Tests that a reader of output gives each its kind, and keeps the evidence of what is unknown. */
export function testOutputs(output: CliOutput, rows: readonly OddOutput[]): void {
  const cases = rows.map(([name, kind, stdout, end]) => ({ name, kind, stdout, end }));
  test.each(cases)('takes $name for $kind', ({ end, kind, stdout }) => {
    const found = outcomeOfParts(output, stdout, end);
    expect(found.status === 'failed' ? found.failure.kind : found.status).toBe(kind);
    if (found.status === 'failed' && kind === 'unknown')
      expect(found.failure.evidence).toMatch(/./);
  });
}

/** What the objects, each on a line, and the texts of an output come to. */
export function outcomeOfParts(
  output: CliOutput,
  stdout: readonly unknown[],
  end: ProcessEnd = well,
): Outcome {
  const reader = new OutputReader(output, () => undefined);
  for (const part of stdout) {
    reader.push(typeof part === 'string' ? part : `${JSON.stringify(part)}\n`);
  }
  const said = reader.end('stderr' in end ? end.stderr : '');
  const report = said.whole && output.judge ? output.judge(said, trace) : said;
  return outcomeOf({ program: 'fake', end, report, evidence: reader.evidence, exits: {} });
}

/** An object as a line whose JSON is changed. */
export function line(event: object, change: (json: string) => string): string {
  return `${change(JSON.stringify(event))}\n`;
}

/** JSON without its end. */
export function cut(json: string): string {
  return json.slice(0, -9);
}

/** An object without one field. */
export function without(event: object, name: string): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== name));
}
