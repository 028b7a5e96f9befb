import { excerpt } from './excerpt.ts';
import type { Report } from './test-runner.ts';

/** How a runner sums up a run in what it prints. */
interface Summary {
  readonly by: string;
  /** Tells by the person's command that this runner is meant. */
  readonly isMeant: RegExp;
  /** The last match holds the counts. */
  readonly read: (output: string) => Counts | undefined;
}

interface Counts {
  readonly executed: number;
  readonly failed: number;
}

const summaries: readonly Summary[] = [
  { by: 'pytest', isMeant: /\b(?:pytest|py\.test)\b/, read: readPytest },
  { by: 'unittest', isMeant: /\bunittest\b/, read: readUnittest },
  {
    by: 'vitest',
    isMeant: /\bvitest\b/,
    read: (output) => readJest(output, /^\s*Tests\s+(.+)$/gm),
  },
  { by: 'jest', isMeant: /\bjest\b/, read: (output) => readJest(output, /^Tests:\s+(.+)$/gm) },
  { by: 'node --test', isMeant: /\bnode\b[^;&|]*\s--test\b/, read: readNode },
  { by: 'go test', isMeant: /\bgo\s+test\b/, read: readGo },
  { by: 'cargo test', isMeant: /\bcargo\s+(?:\S+\s+)*?(?:test|t)\b/, read: readCargo },
];

/**
 * Reads the number of tests from what the runner of a command printed. `undefined` when the command names no
 * runner that is known; `null` when the runner printed no sum, as after an end before its time.
 */
export function readSummary(command: string, output: string): Report | null | undefined {
  const summary = summaries.find(({ isMeant }) => isMeant.test(command));
  if (summary === undefined) return undefined;
  const counts = summary.read(output);
  if (counts === undefined) return null;
  const first = counts.failed === 0 ? null : { name: '', message: lastLine(output), line: null };
  return { by: summary.by, ...counts, isBroken: false, first };
}

/** The last line of an output that says something, cut to what a message repeats. */
export function lastLine(output: string): string {
  return excerpt(output.trimEnd().split('\n').at(-1));
}

function readPytest(output: string): Counts | undefined {
  const line = last(output, /^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s.*$/gm);
  if (line === undefined) return undefined;
  const failed = counted(line, 'failed') + counted(line, 'errors?');
  const passed = counted(line, 'passed') + counted(line, 'xfailed') + counted(line, 'xpassed');
  return { executed: passed + failed, failed };
}

function readUnittest(output: string): Counts | undefined {
  const ran = last(output, /^Ran (\d+) tests? in /gm);
  const end = last(output, /^((?:OK|FAILED|NO TESTS RAN)\b.*)$/gm);
  if (ran === undefined || end === undefined) return undefined;
  const failed = after(end, 'failures') + after(end, 'errors') + after(end, 'unexpected successes');
  return { executed: Math.max(0, Number(ran) - after(end, 'skipped')), failed };
}

function readJest(output: string, line: RegExp): Counts | undefined {
  const plain = last(output, line);
  if (plain === undefined) return undefined;
  const failed = counted(plain, 'failed');
  return { executed: counted(plain, 'passed') + failed, failed };
}

function readNode(output: string): Counts | undefined {
  const sum = (name: string): number | undefined => {
    const found = last(output, new RegExp(`^(?:#|ℹ) ${name} (\\d+)$`, 'gm'));
    return found === undefined ? undefined : Number(found);
  };
  const [passed, failed] = [sum('pass'), sum('fail')];
  if (passed === undefined || failed === undefined) return undefined;
  return { executed: passed + failed, failed };
}

/** Without `-v` Go prints a line for each package and no count; a package that passed had a test. */
function readGo(output: string): Counts | undefined {
  const tests = [...output.matchAll(/^\s*--- (PASS|FAIL): /gm)];
  const packages = [...output.matchAll(/^(ok|FAIL)\s+\S+\s+[\d.(]+/gm)].filter(
    ([line]) => !line.includes('no tests to run'),
  );
  const rows = tests.length > 0 ? tests : packages;
  if (packages.length === 0 && tests.length === 0) return undefined;
  return { executed: rows.length, failed: rows.filter(([, end]) => end === 'FAIL').length };
}

function readCargo(output: string): Counts | undefined {
  const lines = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm)];
  if (lines.length === 0) return undefined;
  const passed = lines.reduce((sum, [, count]) => sum + Number(count), 0);
  const failed = lines.reduce((sum, [, , count]) => sum + Number(count), 0);
  return { executed: passed + failed, failed };
}

function last(output: string, line: RegExp): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are written with one
  return [...output.replace(/\u001b\[[0-9;]*m/g, '').matchAll(line)].at(-1)?.[1];
}

/** `3 passed`: the number before a word. */
function counted(text: string, word: string): number {
  return Number(new RegExp(`(\\d+) ${word}\\b`).exec(text)?.[1] ?? 0);
}

/** `failures=3`: the number after a word. */
function after(text: string, word: string): number {
  return Number(new RegExp(`\\b${word}=(\\d+)`).exec(text)?.[1] ?? 0);
}
