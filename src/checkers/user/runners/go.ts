import { dirname } from 'node:path/posix';
import { z } from 'zod';
import { excerpt } from './excerpt.ts';
import { jsonLines } from './json-lines.ts';
import type { Place, Report, RunnerCommand, Toolchain } from './test-runner.ts';

/** Runs the tests of a package in Go; the report is on stdout, where `go test` quotes what the tests print. */
export function goCommand(tests: string, { scratch }: Place, go: Toolchain): RunnerCommand {
  return {
    program: go.program,
    args: ['test', '-json', '-count=1', `./${dirname(tests)}`],
    input: '',
    env: {
      GOCACHE: `${scratch}/go-cache`,
      GOTMPDIR: scratch,
      GOPROXY: 'off',
      GOTOOLCHAIN: 'local',
    },
    readable: go.readable,
    own: [],
  };
}

const eventShape = z.object({
  Action: z.string(),
  Test: z.string().optional(),
  Output: z.string().optional(),
});

type GoEvent = z.infer<typeof eventShape>;

/** Reads the events of `go test -json`; undefined when there is none. */
export function readGoReport(text: string): Report | undefined {
  const events = jsonLines(text).flatMap((line) => eventShape.safeParse(line).data ?? []);
  if (events.length === 0) return undefined;
  const ended = events.filter(
    ({ Test, Action }) => Test !== undefined && /^(?:pass|fail)$/.test(Action),
  );
  const failed = ended.filter(({ Action }) => Action === 'fail');
  const packageFailed = events.some(({ Test, Action }) => Test === undefined && Action === 'fail');
  const first = failed.at(0)?.Test;
  const isBroken = packageFailed && failed.length === 0;
  return {
    by: 'go test',
    executed: ended.length,
    failed: failed.length,
    isBroken,
    first:
      first === undefined && !isBroken
        ? null
        : { name: first ?? 'the package', message: outputOf(events, first), line: null },
  };
}

function outputOf(events: readonly GoEvent[], test: string | undefined): string {
  const written = events.filter(
    ({ Test, Action }) => Test === test && /^(?:output|build-output)$/.test(Action),
  );
  const lines = written.map(({ Output }) => Output?.trim() ?? '');
  return excerpt(lines.filter((line) => !/^(?:=== |--- |FAIL|ok )/.test(line)).join(' '));
}
