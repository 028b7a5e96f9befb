import { stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { testsFileNames, testsKindOf } from '../checkers/user/check-kinds.ts';
import { dataTests } from '../checkers/user/data-tests.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { SourceFile } from '../domain/task.ts';
import type { CheckSettings, TaskChecks } from '../domain/task-checks.ts';
import { whyUnreadable } from '../lib/file-trouble.ts';
import { readRegularFile } from '../lib/read-regular-file.ts';

/** The most bytes of one tests file. */
const testsMaxBytes = 1024 * 1024;

/**
 * Reads the test files of checks; undefined when there is no check. Throws `unreadable-file` or `bad-usage` for
 * a file or a folder that cannot be used.
 */
export async function readChecks(
  { tests: paths, ...checks }: CheckSettings,
  cwd: string,
): Promise<TaskChecks | undefined> {
  const place = checks.folder ?? cwd;
  const tests = paths.map((path) => ({ path: nameIn(place, path), text: readTests(path) }));
  return usableChecks({ ...checks, tests });
}

/** Gives the checks back when they can be used, undefined when there is none; throws as {@link readChecks} does. */
export async function usableChecks(
  checks: Omit<TaskChecks, 'given'>,
): Promise<TaskChecks | undefined> {
  const { commands, tests, folder } = checks;
  if (commands.length + tests.length === 0) return undefined;
  for (const file of tests) refuseUnknown(file);
  if (folder !== undefined && !(await stat(folder).catch(() => undefined))?.isDirectory())
    throw unreadable(`the folder of the checks "${folder}"`, 'there is no such folder');
  const data = tests.filter((file) => testsKindOf(file) === 'data');
  const given = data
    .flatMap(dataTests)
    .map((test, index) => ({ ...test, id: `user-${index + 1}` }));
  return { ...checks, tests: tests.filter((file) => !data.includes(file)), given };
}

function refuseUnknown(file: SourceFile): void {
  if (testsKindOf(file) !== undefined) return;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use the tests file "${file.path}": no runner is known for it, wanted ${testsFileNames}`,
  );
}

/** Relative to the folder with `/`; the bare name for a file that lies outside of it. */
function nameIn(folder: string, path: string): string {
  const local = relative(folder, path);
  const isOutside = isAbsolute(local) || local.startsWith('..');
  return isOutside ? basename(path) : local.split(sep).join('/');
}

function readTests(path: string): string {
  try {
    return readRegularFile(path, testsMaxBytes);
  } catch (cause) {
    throw unreadable(`the tests file "${path}"`, whyUnreadable(cause));
  }
}

function unreadable(label: string, because: string): OrchestratorError {
  return new OrchestratorError('unreadable-file', `Cannot use ${label}: ${because}`);
}
