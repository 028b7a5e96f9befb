import { excerpt } from '../user/runners/excerpt.ts';

/** A type error of an answer. */
export interface TypeFault {
  /** The path below the folder that was checked. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * Errors that say that something is not installed, which is no fault of an answer: a module or its types, the
 * types of Node, of JSX and of test runners.
 */
const absences: ReadonlySet<string> = new Set([
  ...[
    'TS2307',
    'TS2792',
    'TS2875',
    'TS7016',
    'TS7026',
    'TS2580',
    'TS2582',
    'TS2584',
    'TS2591',
    'TS2593',
  ],
  ...['import-not-found', 'import-untyped', 'import'],
]);

/** Reads the errors of `tsc --pretty false`; those outside of the folder and those of what is missing are left out. */
export function tscFaults(output: string, folder: string): readonly TypeFault[] {
  const rows = [
    ...output.matchAll(
      /^(?<file>[^\n(]+)\((?<line>\d+),\d+\): error (?<code>TS\d+): (?<text>.+)$/gm,
    ),
  ];
  return faultsIn(rows, folder);
}

/** Reads the errors of mypy in the same way. */
export function mypyFaults(output: string, folder: string): readonly TypeFault[] {
  const rows = [
    ...output.matchAll(
      /^(?<file>[^\n:]+):(?<line>\d+): error: (?<text>.+?)\s+\[(?<code>[\w-]+)\]$/gm,
    ),
  ];
  return faultsIn(rows, folder);
}

function faultsIn(rows: readonly RegExpExecArray[], folder: string): readonly TypeFault[] {
  return rows.flatMap(({ groups = {} }) => {
    const { file = '', line = '', code = '', text = '' } = groups;
    const start = file.indexOf(folder);
    const path = start < 0 ? file : file.slice(start + folder.length);
    if (absences.has(code) || path.startsWith('/') || path.startsWith('..')) return [];
    return [{ file: path, line: Number(line), message: excerpt(`${code}: ${text}`) }];
  });
}
