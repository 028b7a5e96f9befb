import { basename } from 'node:path/posix';
import type { SourceFile } from '../../domain/task.ts';

/** What runs a tests file, by its name and its text. */
export type TestsKind = 'python' | 'node' | 'vitest' | 'go' | 'cargo' | 'data';

/** The names that tests files may have, for a message. */
export const testsFileNames =
  'test_*.py, *.test.{js,ts,mjs,mts}, *_test.go, *.rs, *.json or *.jsonl';

/** Tells what runs a tests file; undefined when no runner is known for it. */
export function testsKindOf({ path, text }: SourceFile): TestsKind | undefined {
  const name = basename(path);
  if (/\.py$/.test(name)) return 'python';
  if (/\.jsonl?$/.test(name)) return 'data';
  if (/_test\.go$/.test(name)) return 'go';
  if (/\.rs$/.test(name)) return 'cargo';
  if (!/\.[cm]?[jt]s$/.test(name)) return undefined;
  return /\bfrom\s*['"]vitest['"]/.test(text) ? 'vitest' : 'node';
}
